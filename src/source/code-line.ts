import { readNotebookDocument } from "./notebook-document.ts";

/** One line of code: of a file, or of code cell `cell` of a notebook (both count from 1). Null where there is none. */
export function codeLine(path: string, bytes: Uint8Array, line: number, cell: number | null): string | null {
  const text = cell === null ? new TextDecoder("utf-8").decode(bytes) : cellText(path, bytes, cell);
  return text.split(/\r?\n/u)[line - 1] ?? null;
}

function cellText(path: string, bytes: Uint8Array, number: number): string {
  const document = readNotebookDocument(path, bytes);
  if (!("cells" in document)) return "";
  return document.cells.find((cell) => cell.number === number)?.source ?? "";
}
