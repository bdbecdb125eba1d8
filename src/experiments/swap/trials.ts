import { compareRuns, type Subject } from "../../levels/index.ts";
import { ToolError, type Comparison, type Run } from "../../model/index.ts";
import type { Store } from "../../store/index.ts";
import type { Part } from "./parts.ts";
import type { Replayer } from "./replay.ts";

/** Runs of the first with parts of the second, each made once, within a number of them. */
export interface Trials {
  readonly parts: readonly Part[];
  /** What came to be known on the way, in words. */
  readonly notes: string[];
  readonly left: number;
  /** Makes a run, `what` it is for progress. Null where the runs are used up, or what is asked for cannot be made. */
  make(swapped: ReadonlySet<string>, what: string): Promise<Run | null>;
  /** As `make`, each set once. */
  swapped(ids: ReadonlySet<string>): Promise<Run | null>;
  /** What differs, by the rules of every proof. */
  differences(one: Run, other: Run): Promise<readonly Comparison[]>;
}

export interface TrialsRequest {
  readonly parts: readonly Part[];
  readonly notes: readonly string[];
  readonly replayer: Replayer;
  readonly subject: Subject;
  readonly store: Store;
  readonly mostRuns: number;
  readonly progress: (message: string) => void;
}

export function openTrials(request: TrialsRequest): Trials {
  const { parts, replayer, subject, mostRuns, progress } = request;
  const store = withDigestsForLost(request.store);
  const notes = [...request.notes];
  const answers = new Map<string, Run | null>();
  let left = mostRuns;
  const make: Trials["make"] = async (swapped, what) => {
    if (left <= 0) return null;
    left -= 1;
    progress(`run ${mostRuns - left}: ${what}`);
    try {
      return await replayer.run(swapped);
    } catch (error) {
      if (!(error instanceof ToolError) || error.code !== "ENVIRONMENT_FAILED") throw error;
      notes.push(`${what}: ${error.message}`);
      return null;
    }
  };
  return {
    parts,
    notes,
    get left() {
      return left;
    },
    make,
    async swapped(ids) {
      const key = [...ids].sort().join("\0");
      const known = answers.get(key);
      if (known !== undefined) return known;
      const names = parts.filter(({ id }) => ids.has(id)).map(({ text }) => text);
      const run = await make(ids, `with ${listed(names)} of the second`);
      answers.set(key, run);
      return run;
    },
    async differences(one, other) {
      const found = await compareRuns(subject, replayer.command, one, other, store);
      return found.filter(({ verdict }) => verdict === "different");
    },
  };
}

/** A content that was too large to keep stands for itself by its digest: another digest is another content. */
function withDigestsForLost(store: Store): Store {
  const { blobs } = store;
  const read = (digest: string): Buffer => (blobs.has(digest) ? blobs.read(digest) : Buffer.from(digest));
  return { ...store, blobs: { ...blobs, read } };
}

export function listed(names: readonly string[]): string {
  const most = 4;
  const more = names.length > most ? ` and ${names.length - most} more` : "";
  return `${names.slice(0, most).join(", ")}${more}`;
}
