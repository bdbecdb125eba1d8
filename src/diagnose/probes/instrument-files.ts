import { loadPythonParser, type PythonParser } from "../../source/index.ts";
import { joinPath, lookUp, readBytes } from "../../system/index.ts";
import { instrumentNotebook } from "./instrument-notebook.ts";
import { instrument, type Instrumented } from "./instrument.ts";
import type { ProbeSite } from "./site.ts";

export interface InstrumentedFiles {
  /** In order of their ids, which count from 1. */
  readonly sites: readonly ProbeSite[];
  /** The new text of each file with probes, by its path. */
  readonly edits: ReadonlyMap<string, string>;
  /** Files that were left as they are, with the reason. */
  readonly leftAlone: readonly { readonly file: string; readonly reason: string }[];
}

/** Sites have 24 bits in a record, and the last means a fork. */
const siteLimit = 0xfffff0;
const codeLimitBytes = 4 << 20;
const notebookLimitBytes = 64 << 20;

/**
 * Python files and notebooks with value probes in them; nothing is written. `files` are relative to `root`. A file that is
 * not there, or cannot be read as Python 3 in UTF-8, is left alone.
 */
export async function instrumentFiles(root: string, files: readonly string[]): Promise<InstrumentedFiles> {
  const parser = await loadPythonParser();
  const sites: ProbeSite[] = [];
  const edits = new Map<string, string>();
  const leftAlone: { file: string; reason: string }[] = [];
  for (const file of files) {
    const done = instrumentFile(parser, joinPath(root, file), file, sites.length + 1);
    if (typeof done === "string") {
      leftAlone.push({ file, reason: done });
    } else if (sites.length + done.sites.length > siteLimit) {
      leftAlone.push({ file, reason: "there is too much code" });
    } else if (done.sites.length > 0) {
      edits.set(file, done.text);
      sites.push(...done.sites);
    }
  }
  return { sites, edits, leftAlone };
}

/** The new text, or why there is none. */
function instrumentFile(
  parser: PythonParser,
  path: string,
  file: string,
  firstId: number,
): Instrumented | string {
  const isNotebook = file.endsWith(".ipynb");
  const found = lookUp(path);
  if (found?.isFile !== true) return "it is not there";
  if (found.size > (isNotebook ? notebookLimitBytes : codeLimitBytes)) return "it is too large";
  const text = utf8Text(readBytes(path));
  if (text === null) return "it is not in UTF-8";
  const done = isNotebook
    ? instrumentNotebook(parser, text, file, firstId)
    : instrument(parser, text, { file, cell: null }, firstId);
  return done ?? "it cannot be read as Python 3";
}

function utf8Text(bytes: Uint8Array): string | null {
  try {
    const text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
    return /^\s*#.*coding[:=]\s*(?!utf-?8)\w/iu.test(text.slice(0, 200)) ? null : text;
  } catch {
    return null;
  }
}
