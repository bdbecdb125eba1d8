import { didFail } from "../../diagnose/index.ts";
import { readSubject } from "../../levels/index.ts";
import { ToolError, type Comparison } from "../../model/index.ts";
import { projectRoot } from "../../project/index.ts";
import { recordedRun } from "../../records/logs.ts";
import { openStore, type Store } from "../../store/index.ts";
import { differingParts, recorded, type Recorded } from "./parts.ts";
import { openReplayer } from "./replay.ts";
import type { SwapDiagnosis } from "./swap-diagnosis.ts";
import { swapCauses, type SwapCauses } from "./swap-causes.ts";
import { listed, openTrials, type Trials } from "./trials.ts";

export interface SwapOptions {
  /** Runs at most. */
  readonly mostRuns: number;
  readonly progress: (message: string) => void;
}

/**
 * Why two recorded runs of a command differ, by experiment: the first is made again as it was, then with one part after
 * the other (code, data, lock, parameters, variables) as the second had it. Nothing is written to the user's tree.
 * Throws ToolError UNKNOWN_RUN, USAGE where the runs are of two commands, and those of a run.
 */
export async function whyRuns(
  directory: string,
  first: string,
  second: string,
  options: SwapOptions,
): Promise<SwapDiagnosis> {
  const root = projectRoot(directory);
  const store = openStore(root);
  try {
    const subject = await readSubject(directory, store);
    const one = recordedOf(store, first);
    const other = recordedOf(store, second);
    if (one.run.command !== other.run.command)
      throw new ToolError("USAGE", `These are runs of ${one.run.command} and of ${other.run.command}`, {
        hint: "Name two runs of one command; rung runs lists them.",
      });
    const { parts, unread } = differingParts(one, other);
    const notes =
      unread.length === 0 ? [] : [`${listed(unread)} changed too, and neither run was seen to read it`];
    using replayer = openReplayer(one, other, { root, store, progress: options.progress });
    const trials = openTrials({ parts, notes, replayer, subject, store, ...options });
    const differing = await trials.differences(one.run, other.run);
    const causes = await explain(one, other, differing, trials, replayer.missing);
    return {
      schemaVersion: 1,
      command: one.run.command,
      one: one.run.id,
      other: other.run.id,
      verdict: differing.length === 0 ? "same" : "different",
      runs: replayer.runs,
      outputs: differing.map(({ output }) => output),
      ...causes,
      notes: trials.notes,
    };
  } finally {
    store.close();
  }
}

function recordedOf(store: Store, which: string): Recorded {
  const run = recordedRun(store, which);
  if (run.circumstances === undefined) throw new Error("a recorded run without circumstances");
  return recorded(run, run.circumstances, store);
}

const noCauses: SwapCauses = { causes: [], together: null };

async function explain(
  one: Recorded,
  other: Recorded,
  differing: readonly Comparison[],
  trials: Trials,
  missing: readonly string[],
): Promise<SwapCauses> {
  if (differing.length === 0) {
    if (didFail(one.run) && didFail(other.run)) trials.notes.push("both runs failed: rung log shows how");
    return noCauses;
  }
  if (trials.parts.length === 0) {
    const { command } = one.run;
    trials.notes.push(
      `all that was recorded is the same in both: what varies is not recorded; rung why ${command} looks for it`,
    );
    return noCauses;
  }
  const all = new Set(trials.parts.map(({ id }) => id));
  // Without what it read no run can be made again.
  const sound =
    missing.length === 0 && (await isItself(one, new Set(), trials)) && (await isItself(other, all, trials));
  if (sound) return swapCauses(one, other, differing, trials);
  const known = trials.parts.map(({ kind, text }) => `${kind}: ${text}`);
  trials.notes.push(`no part was put to the test; recorded as different: ${listed(known)}`);
  if (missing.length > 0)
    trials.notes.push(
      `the contents of ${listed(missing)} were not kept, so that the runs cannot be made again`,
    );
  return noCauses;
}

/** Whether a recorded run, made again, gives what it gave then. */
async function isItself({ run }: Recorded, swapped: ReadonlySet<string>, trials: Trials): Promise<boolean> {
  const which = run.id.slice(0, 8);
  const again = await trials.make(swapped, `${which} as it was`);
  if (again === null) return false;
  const changed = await trials.differences(run, again);
  if (changed.length === 0) return true;
  const twice = await trials.make(swapped, `${which} once more`);
  const varies = twice !== null && (await trials.differences(again, twice)).length > 0;
  const what = listed(changed.map(({ output }) => output));
  trials.notes.push(
    varies
      ? `${which} made again gives another ${what} each time: rung why ${run.command} finds what varies`
      : `${which} made again gives another ${what}, the same each time: this machine, or something that is not recorded, is another than then`,
  );
  return false;
}
