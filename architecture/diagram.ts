import { layers } from "./layers.ts";

const diagramStart = "<!-- made by `npm run architecture` from architecture/layers.ts: begin -->";
const diagramEnd = "<!-- end -->";

/** The layer table as ARCHITECTURE.md shows it: highest room first, imports going down only. */
function layerDiagram(): string {
  const rows = layers.toReversed().map(({ room, job }) => `| \`${room}/\` | ${job} |`);
  const arrows = layers.slice(1).map((layer, index) => `  ${layer.room} --> ${layers[index]?.room ?? ""}`);
  return [
    diagramStart,
    "",
    "```mermaid",
    "flowchart TB",
    ...arrows.toReversed(),
    "```",
    "",
    "| room | its job |",
    "| --- | --- |",
    ...rows,
    "",
    diagramEnd,
  ].join("\n");
}

/** A document with its diagram made anew. */
export function withDiagram(document: string): string {
  const start = document.indexOf(diagramStart);
  const end = document.indexOf(diagramEnd);
  if (start < 0 || end < 0) throw new Error("the document has no place for the diagram");
  return document.slice(0, start) + layerDiagram() + document.slice(end + diagramEnd.length);
}
