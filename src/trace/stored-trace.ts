import { ToolError, type Run, type Trace } from "../model/index.ts";
import { projectRoot } from "../project/listing.ts";
import { findStore, type Store } from "../store/index.ts";
import { unpackTrace } from "./record.ts";

export interface StoredTrace {
  readonly run: Run;
  readonly trace: Trace;
}

/**
 * A run of the project at `directory` that was observed, with its trace. `which` is a command's name (its latest observed
 * run), or the beginning of a run's id. Throws UNKNOWN_RUN, STORE_CORRUPT.
 */
export function storedTrace(directory: string, which: string): StoredTrace {
  const store = findStore(projectRoot(directory));
  if (store === null)
    throw unknown(`No run is kept of ${directory}`, "rung prove makes runs and keeps them.");
  try {
    const run = namedRun(store, which, store.latestRun(which));
    if (run.trace === undefined || !store.blobs.has(run.trace)) {
      throw unknown(`The run ${run.id.slice(0, 8)} of ${run.command} was not observed`, "Run it again.");
    }
    return { run, trace: unpackTrace(store.blobs.read(run.trace)) };
  } finally {
    store.close();
  }
}

/** The run that `which` names: that of a command (`ofCommand`), else the one whose id begins so. Throws UNKNOWN_RUN. */
export function namedRun(store: Store, which: string, ofCommand: Run | null): Run {
  if (ofCommand !== null) return ofCommand;
  const [run, other] = /^[0-9a-f-]{4,36}$/u.test(which) ? store.runsStartingWith(which) : [];
  if (run === undefined)
    throw unknown(
      `No run is kept under "${which}"`,
      "Name a command that was run, or the first characters of a run's id.",
    );
  if (other !== undefined)
    throw unknown(`Several runs have an id that starts with ${which}`, "Give more of its characters.");
  return run;
}

function unknown(message: string, hint: string): ToolError {
  return new ToolError("UNKNOWN_RUN", message, { hint });
}
