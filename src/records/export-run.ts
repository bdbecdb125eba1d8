import { homedir } from "node:os";
import { resolve } from "node:path";
import { ToolError, type Finding } from "../model/index.ts";
import { projectRoot } from "../project/listing.ts";
import { openStore } from "../store/index.ts";
import { writeOutput } from "../system/index.ts";
import { storedTrace } from "../trace/index.ts";
import { writeCrate } from "./crate-files.ts";
import { accountOf } from "./exchange/account.ts";
import type { RunFormat } from "./exchange/run-format.ts";
import { runFormats } from "./exchange/run-formats.ts";

export interface RunExportOptions {
  readonly format: RunFormat;
  /** The file to write, or the folder or zip of a crate, as seen from the working folder; null where the text is only given back. */
  readonly output: string | null;
  /** Whether the run's files go with it, which only an RO-Crate can hold. */
  readonly withFiles: boolean;
  /** Whether another file that is there may be replaced. */
  readonly replace: boolean;
  readonly toolVersion: string;
}

export interface RunExport {
  /** The id of the run. */
  readonly run: string;
  /** Absolute path of what was written; null where nothing was. */
  readonly path: string | null;
  /** Null where a crate was written with its files. */
  readonly text: string | null;
  /** Files of the run beside the description. */
  readonly files: number;
  /** What is not in it. */
  readonly findings: readonly Finding[];
}

/** The format that a user names. Throws ToolError USAGE. */
export function runFormatOf(name: unknown): RunFormat {
  const format = runFormats.find(({ id }) => id === name);
  if (format !== undefined) return format;
  throw new ToolError("USAGE", `"${String(name)}" names no format that a run is exported in`, {
    hint: `Give --export ${runFormats.map(({ id }) => id).join(", --export ")}.`,
  });
}

/**
 * Tells an observed run in a format of other tools. `which` is a command's name or the beginning of a run's id. Throws
 * ToolError UNKNOWN_RUN, STORE_CORRUPT, NOTHING_TO_EXPORT; USAGE where the output is there and not to be replaced.
 */
export async function exportRun(
  directory: string,
  which: string,
  { format, output, withFiles, replace, toolVersion }: RunExportOptions,
): Promise<RunExport> {
  if (withFiles && (format.id !== "ro-crate" || output === null)) {
    throw new ToolError("USAGE", "Only an RO-Crate that is written somewhere can hold files", {
      hint: "Give --export ro-crate --with-files -o run.zip, or the name of a folder.",
    });
  }
  const { run, trace } = storedTrace(directory, which);
  const account = accountOf({ run, trace, home: homedir(), toolVersion });
  const path = output === null ? null : resolve(output);
  if (withFiles && path !== null) {
    const root = projectRoot(directory);
    const store = openStore(root);
    try {
      const written = await writeCrate({ account, run, store, root, output: path, replace });
      return { run: run.id, path, text: null, ...written };
    } finally {
      store.close();
    }
  }
  const text = format.write(account);
  if (path !== null) writeOutput(path, text, replace);
  return { run: run.id, path, text, files: 0, findings: [] };
}
