import { projectRoot } from "../../project/listing.ts";
import { ToolError, type Run } from "../../model/index.ts";
import { findStore, type Store } from "../../store/index.ts";
import { firstDivergence, type Divergence } from "./divergence.ts";
import type { Log, LogEntry, LogHead } from "./entry.ts";
import { followRun, liveRun } from "./follow.ts";
import { readLog, recordedRun } from "./read-log.ts";

/** Does work with the records of the project at `directory`. Throws UNKNOWN_RUN where it has none. */
function withRecords<T>(directory: string, work: (store: Store, root: string) => T): T {
  const root = projectRoot(directory);
  const store = findStore(root);
  if (store === null)
    throw new ToolError("UNKNOWN_RUN", `No run is kept of ${directory}`, {
      hint: '"rung run NAME" makes a run and records it.',
    });
  try {
    return work(store, root);
  } finally {
    store.close();
  }
}

/** The recorded runs of a project, the newest first. */
export function recordedRuns(directory: string, most = 200): readonly Run[] {
  return withRecords(directory, (store) => store.recordedRuns(most));
}

/** The log of one run: the latest of a command, or by the beginning of its id. */
export function logOf(directory: string, which: string): Log {
  return withRecords(directory, (store) => readLog(store, recordedRun(store, which)));
}

/** Two runs' logs, and where they first differ. */
export function comparedLogs(
  directory: string,
  one: string,
  other: string,
): { readonly one: Log; readonly other: Log; readonly divergence: Divergence | null } {
  return withRecords(directory, (store, root) => {
    const logs = [one, other].map((which) => readLog(store, recordedRun(store, which)));
    const [first, second] = logs as [Log, Log];
    return { one: first, other: second, divergence: firstDivergence(first, second, [root]) };
  });
}

/** Follows a run that goes on, from its start to its end; false where none of that name does. */
export async function followLog(
  directory: string,
  which: string,
  onHead: (head: LogHead) => void,
  onEntry: (entry: LogEntry) => void,
): Promise<boolean> {
  const live = withRecords(directory, (store) => liveRun(store, which));
  if (live === null) return false;
  onHead(live.head);
  await followRun(live, onEntry);
  return true;
}
