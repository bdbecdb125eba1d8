import { zstdDecompressSync } from "node:zlib";
import { ToolError, type Run } from "../../model/index.ts";
import type { Store } from "../../store/index.ts";
import { namedRun } from "../../trace/index.ts";
import type { Log, LogEntry, LogHead } from "./entry.ts";

/** The most that a log may unpack to. */
const largest = 512 << 20;

/** The run that a word names among those that `rung run` recorded: the latest of a command, or by the start of its id. */
export function recordedRun(store: Store, which: string): Run {
  const run = namedRun(store, which, store.recordedRuns(1, which)[0] ?? null);
  if (run.circumstances !== undefined) return run;
  throw new ToolError("UNKNOWN_RUN", `The run ${run.id.slice(0, 8)} of ${run.command} was made by a proof`, {
    hint: `What it was made from is not recorded; "rung run ${run.command}" records it.`,
  });
}

/** The log of a run. Throws UNKNOWN_RUN where none was kept, STORE_CORRUPT where it cannot be read. */
export function readLog(store: Store, run: Run): Log {
  const digest = run.circumstances?.log ?? null;
  if (digest === null || !store.blobs.has(digest))
    throw new ToolError("UNKNOWN_RUN", `No log is kept of the run ${run.id.slice(0, 8)} of ${run.command}`, {
      hint: "Run the command again; its new run has a log of its own.",
    });
  return unpackLog(store.blobs.read(digest));
}

function unpackLog(bytes: Uint8Array): Log {
  try {
    const text = zstdDecompressSync(bytes, { maxOutputLength: largest }).toString("utf8");
    const [head, ...entries] = text
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line) as unknown);
    return { head: head as LogHead, entries: entries as LogEntry[] };
  } catch (cause) {
    throw new ToolError("STORE_CORRUPT", "The log of this run cannot be read", {
      cause,
      hint: "Run the command again; its new run has a log of its own.",
    });
  }
}
