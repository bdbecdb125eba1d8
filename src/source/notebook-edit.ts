import { endOfValue } from "./json-positions.ts";
import { readNotebookDocument } from "./notebook-document.ts";
import { isPython } from "./notebook.ts";

/** The sources of the code cells of a Python notebook, in order; null where it cannot be read. */
export function readCells(path: string, bytes: Uint8Array): readonly string[] | null {
  const document = readNotebookDocument(path, bytes);
  return "rule" in document || !isPython(document) ? null : document.cells.map(({ source }) => source);
}

/**
 * The notebook with other sources in some code cells (counted from 1), and nothing else changed: lines that stay are
 * written as they were. Null where it cannot be read, or is of a format before 4.
 */
export function withCellSources(
  path: string,
  bytes: Uint8Array,
  sources: ReadonlyMap<number, string>,
): string | null {
  const document = readNotebookDocument(path, bytes);
  if ("rule" in document) return null;
  let { text } = document;
  // From the end, so that the positions before stay true.
  for (const cell of document.cells.toReversed()) {
    const source = sources.get(cell.number);
    if (source === undefined) continue;
    const position = document.positions[cell.index];
    if (position === undefined || position.sourceStart < 0) return null;
    const end = endOfValue(text, position.sourceStart);
    const old = text.slice(position.sourceStart, end);
    text = text.slice(0, position.sourceStart) + rewritten(old, source) + text.slice(end);
  }
  return text;
}

/** The JSON of a cell's source in the form of the old one: a text, or a list with a line each. */
function rewritten(old: string, source: string): string {
  if (!old.startsWith("[")) return JSON.stringify(source);
  const lines = source.match(/[^\n]*\n|[^\n]+$/gu) ?? [];
  const raw = new Map<string, string>();
  for (const [text] of old.matchAll(/"(?:[^"\\]|\\.)*"/gu)) raw.set(String(JSON.parse(text)), text);
  const before = /^\[(\s*)/u.exec(old)?.[1] ?? "";
  const after = /(\s*)\]$/u.exec(old)?.[1] ?? "";
  const items = lines.map((line) => raw.get(line) ?? JSON.stringify(line));
  return `[${before}${items.join(`,${before === "" ? " " : before}`)}${after}]`;
}
