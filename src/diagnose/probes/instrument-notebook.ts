import { plainCell, type PythonParser } from "../../source/index.ts";
import { instrument } from "./instrument.ts";
import type { ProbeSite } from "./site.ts";

type Json = Record<string, unknown>;

/**
 * Puts value probes into the code cells of a notebook (nbformat 3 and 4); magics and shell lines stay as they are. Lines
 * count within the cell, cells among the code cells. Null where it is no notebook that can be read.
 */
export function instrumentNotebook(
  parser: PythonParser,
  text: string,
  file: string,
  firstId: number,
): { readonly text: string; readonly sites: readonly ProbeSite[] } | null {
  const document = parseJson(text);
  if (document === null) return null;
  const sites: ProbeSite[] = [];
  let number = 0;
  for (const cell of cellsOf(document)) {
    if (cell["cell_type"] !== "code") continue;
    number += 1;
    const key = cell["source"] === undefined ? "input" : "source";
    const done = instrumentCell(parser, joined(cell[key]), { file, cell: number }, firstId + sites.length);
    if (done === null) continue;
    cell[key] = done.text;
    sites.push(...done.sites);
  }
  return { text: `${JSON.stringify(document, null, 1)}\n`, sites };
}

/** The cell is read without its magics, line for line, and each line that held one is put back as it was. */
function instrumentCell(
  parser: PythonParser,
  source: string,
  place: { readonly file: string; readonly cell: number },
  firstId: number,
): { readonly text: string; readonly sites: readonly ProbeSite[] } | null {
  const own = source.replaceAll(/\r\n?/gu, "\n").split("\n");
  const plain = plainCell(source).source.split("\n");
  if (own.length !== plain.length || own.every((line, index) => line.trim() === "" || line !== plain[index]))
    return null;
  const done = instrument(parser, plain.join("\n"), place, firstId);
  if (done === null) return null;
  const lines = done.text.split("\n");
  return {
    text: lines.map((line, index) => (own[index] === plain[index] ? line : own[index])).join("\n"),
    sites: done.sites,
  };
}

function cellsOf(document: Json): Json[] {
  if (Array.isArray(document["cells"])) return document["cells"].filter(isRecord);
  const sheets = Array.isArray(document["worksheets"]) ? document["worksheets"].filter(isRecord) : [];
  return sheets.flatMap((sheet) => (Array.isArray(sheet["cells"]) ? sheet["cells"].filter(isRecord) : []));
}

function parseJson(text: string): Json | null {
  try {
    const value: unknown = JSON.parse(text);
    return isRecord(value) ? value : null;
  } catch {
    return null;
  }
}

function joined(source: unknown): string {
  if (Array.isArray(source)) return source.filter((line) => typeof line === "string").join("");
  return typeof source === "string" ? source : "";
}

const isRecord = (value: unknown): value is Json =>
  typeof value === "object" && value !== null && !Array.isArray(value);
