import { loadPythonParser, type PythonParser } from "../../source/index.ts";
import { joinPath, readBytes, writeScratch } from "../../system/index.ts";
import { instrumentNotebook } from "./instrument-notebook.ts";
import { instrument } from "./instrument.ts";
import type { ProbeSite } from "./site.ts";

export interface InstrumentedTree {
  /** In order of their ids, which count from 1. */
  readonly sites: readonly ProbeSite[];
  /** Files that were left as they are, with the reason. */
  readonly leftAlone: readonly { readonly file: string; readonly reason: string }[];
}

/** Sites have 24 bits in a record. */
const siteLimit = 0xfffff0;
const fileLimitBytes = 4 << 20;

/**
 * Puts value probes into Python files and notebooks of a tree that is a copy, in place. `files` are relative to it, those
 * that the command reaches. A file that cannot be read as Python 3 in UTF-8 is left alone.
 */
export async function instrumentTree(tree: string, files: readonly string[]): Promise<InstrumentedTree> {
  const parser = await loadPythonParser();
  const sites: ProbeSite[] = [];
  const leftAlone: { file: string; reason: string }[] = [];
  for (const file of files) {
    const done = instrumentFile(parser, joinPath(tree, file), file, sites.length + 1);
    if (typeof done === "string") {
      leftAlone.push({ file, reason: done });
      continue;
    }
    if (sites.length + done.sites.length > siteLimit) {
      leftAlone.push({ file, reason: "there is too much code" });
      continue;
    }
    if (done.sites.length > 0) writeScratch(joinPath(tree, file), done.text);
    sites.push(...done.sites);
  }
  return { sites, leftAlone };
}

/** The new text, or why there is none. */
function instrumentFile(
  parser: PythonParser,
  path: string,
  file: string,
  firstId: number,
): { readonly text: string; readonly sites: readonly ProbeSite[] } | string {
  const bytes = readBytes(path);
  if (bytes.length > fileLimitBytes && !file.endsWith(".ipynb")) return "it is too large";
  let text;
  try {
    text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return "it is not in UTF-8";
  }
  if (/^\s*#.*coding[:=]\s*(?!utf-?8)\w/iu.test(text.slice(0, 200))) return "it is not in UTF-8";
  const done = file.endsWith(".ipynb")
    ? instrumentNotebook(parser, text, file, firstId)
    : instrument(parser, text, { file, cell: null }, firstId);
  return done ?? "it cannot be read as Python 3";
}
