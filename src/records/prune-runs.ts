import { ToolError, type Run } from "../model/index.ts";
import { projectRoot } from "../project/listing.ts";
import { findStore, openStoreAlone } from "../store/index.ts";
import { daysBetween, joinPath, now, removeTree } from "../system/index.ts";
import { logFolder } from "./log/keep-log.ts";

/** Which recorded runs may go: with both, those that both let go. */
export interface PruneRule {
  /** The newest so many of each command stay. */
  readonly keep: number | null;
  /** Runs that began up to so many days ago stay. */
  readonly olderThanDays: number | null;
}

export interface PrunedRuns {
  /** What went, or would go; the newest first. */
  readonly runs: readonly Run[];
  /** How many recorded runs stay. */
  readonly kept: number;
  /** Contents that nothing refers to any more, those of killed runs among them. */
  readonly contents: number;
  readonly bytes: number;
}

/**
 * Removes recorded runs of the project at `directory` with their logs, and the contents that nothing refers to any more.
 * Runs that a proof names stay. A dry one removes nothing. Throws UNKNOWN_RUN where nothing is kept, STORE_BUSY.
 */
export function pruneRecordedRuns(directory: string, rule: PruneRule, isDry: boolean): PrunedRuns {
  const root = projectRoot(directory);
  const store = isDry ? findStore(root) : openStoreAlone(root);
  if (store === null)
    throw new ToolError("UNKNOWN_RUN", `No run is kept of ${directory}`, {
      hint: '"rung run NAME" makes a run and records it.',
    });
  try {
    const recorded = store.recordedRuns(Number.MAX_SAFE_INTEGER);
    const asked = goneBy(recorded, rule, now());
    const {
      runs: ids,
      contents,
      bytes,
    } = store.prune(
      asked.map(({ id }) => id),
      isDry,
    );
    const gone = new Set(ids);
    if (!isDry) for (const id of ids) removeTree(joinPath(logFolder(store), `${id}.log`));
    const runs = asked.filter(({ id }) => gone.has(id));
    return { runs, kept: recorded.length - runs.length, contents, bytes };
  } finally {
    store.close();
  }
}

function goneBy(newestFirst: readonly Run[], rule: PruneRule, at: string): readonly Run[] {
  const seen = new Map<string, number>();
  return newestFirst.filter(({ command, startedAt }) => {
    const newer = seen.get(command) ?? 0;
    seen.set(command, newer + 1);
    const isOver = rule.keep === null || newer >= rule.keep;
    const isOld = rule.olderThanDays === null || daysBetween(startedAt, at) > rule.olderThanDays;
    return isOver && isOld;
  });
}
