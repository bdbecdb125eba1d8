import type { Trace, TracedFile } from "../model/index.ts";
import { printable, printableRecord } from "./printable.ts";
import { processText, processTree } from "./trace-processes.ts";

/** Of this many files and processes at most: a picture of more shows nothing. */
const most = 400;

const isShown = ({ area, size, written, deleted }: TracedFile): boolean =>
  area === "tree" || area === "outside" ? size !== null || written || deleted : area === "temporary";

/** Files and processes as a graph in the DOT language of Graphviz: what was read points to who read it, and so on. */
export function traceDot(trace: Trace): string {
  const processes = trace.processes.slice(0, most);
  const ids = new Set(processes.map(({ id }) => id));
  const files = trace.files.filter(isShown).slice(0, most);
  const lines = [
    ...processes.map(
      (process) => `  ${quoted(`p:${process.id}`)} [shape=box, label=${quoted(processText(process))}];`,
    ),
    ...processes.flatMap(({ id, parent }) =>
      parent === null || !ids.has(parent)
        ? []
        : [`  ${quoted(`p:${parent}`)} -> ${quoted(`p:${id}`)} [style=dashed];`],
    ),
    ...files.flatMap((file) => {
      const node = quoted(`f:${file.area}:${file.path}`);
      const colour =
        file.area === "tree"
          ? ""
          : `, style=filled, fillcolor=${file.area === "outside" ? "orange" : "lightgrey"}`;
      return [
        `  ${node} [label=${quoted(file.path)}${colour}];`,
        ...file.processes.flatMap((id) => [
          ...(ids.has(id) && (file.read || file.listed) ? [`  ${node} -> ${quoted(`p:${id}`)};`] : []),
          ...(ids.has(id) && (file.written || file.deleted) ? [`  ${quoted(`p:${id}`)} -> ${node};`] : []),
        ]),
      ];
    }),
  ];
  const left = trace.processes.length + trace.files.filter(isShown).length - processes.length - files.length;
  const note = left === 0 ? "" : `  // ${left} more were left out\n`;
  return `digraph ${quoted(trace.command)} {\n  rankdir=LR;\n${note}${lines.join("\n")}\n}\n`;
}

function quoted(text: string): string {
  return `"${printable(text).replaceAll("\\", "\\\\").replaceAll('"', '\\"').replaceAll("\n", "\\n").replaceAll("\t", " ")}"`;
}

/** The same as indented text: each process, and below it what it read and wrote. */
export function traceGraphText(observed: Trace): string {
  const trace = printableRecord(observed);
  const files = trace.files.filter(isShown);
  const lines = trace.processes.slice(0, most).flatMap((process) => {
    const own = files.filter(({ processes }) => processes.includes(process.id)).slice(0, most);
    return [
      processText(process),
      ...own.map(
        (file) => `    ${arrow(file)} ${file.path}${file.area === "tree" ? "" : `  (${file.area})`}`,
      ),
    ];
  });
  return `${["processes", ...processTree(trace.processes, most), "", ...lines].join("\n")}\n`;
}

function arrow({ read, listed, written, deleted }: TracedFile): string {
  if (deleted) return "x ";
  if (written) return read ? "<>" : "->";
  return read ? "<-" : listed ? "ls" : "  ";
}
