import { findCauses } from "../../diagnose/index.ts";
import type { Comparison } from "../../model/index.ts";
import { groupsOf, type Group } from "./groups.ts";
import type { Recorded } from "./parts.ts";
import type { SwapCause } from "./swap-diagnosis.ts";
import type { Trials } from "./trials.ts";

export interface SwapCauses {
  readonly causes: readonly SwapCause[];
  /** Whether all of them together give all that the second run gave; null where no run has shown it. */
  readonly together: boolean | null;
}

/**
 * The smallest sets of parts that make a difference between two runs that both can be made again: first among the kinds,
 * then within each down to the single file, package, variable.
 */
export async function swapCauses(
  one: Recorded,
  other: Recorded,
  differing: readonly Comparison[],
  trials: Trials,
): Promise<SwapCauses> {
  const groups = groupsOf(trials.parts);
  const differs = (ids: ReadonlySet<string>): Promise<boolean | null> =>
    makesDifference(ids, one, other, trials);
  // One kind alone: what the second run gave, made again, has shown that it makes the difference.
  const found = groups.length === 1 ? [groups.map(({ id }) => id)] : await search(groups, differs, trials);
  const causes: SwapCause[] = [];
  const all = new Set<string>();
  for (const set of found) {
    const within = groups.filter(({ id }) => set.includes(id)).flatMap(({ parts }) => parts);
    const single = within.map((part): Group => ({ id: part.id, parts: [part], weight: 1 }));
    const sets = single.length === 1 ? [single.map(({ id }) => id)] : await search(single, differs, trials);
    // Where the search ended before it told them apart, the set as a whole is what is known.
    for (const ids of sets.length === 0 ? [single.map(({ id }) => id)] : sets) {
      causes.push(await causeOf(new Set(ids), one, other, differing, trials));
      for (const id of ids) all.add(id);
    }
  }
  if (causes.some(({ alone }) => alone)) return { causes, together: true };
  const run = all.size === trials.parts.length ? other.run : await trials.swapped(all);
  return { causes, together: run === null ? null : (await trials.differences(other.run, run)).length === 0 };
}

async function search(
  groups: readonly Group[],
  differs: (ids: ReadonlySet<string>) => Promise<boolean | null>,
  { notes }: Trials,
): Promise<readonly (readonly string[])[]> {
  const { causes, exhausted } = await findCauses({
    suspects: groups,
    expected: true,
    differs(changed) {
      const chosen = groups.filter(({ id }) => changed.includes(id)).flatMap(({ parts }) => parts);
      return differs(new Set(chosen.map(({ id }) => id)));
    },
  });
  if (exhausted) notes.push("the runs were used up before all was told apart: --runs gives more");
  return causes;
}

/** Null where no further run may be made. What breaks the run tells nothing: the parts do not fit each other. */
async function makesDifference(
  ids: ReadonlySet<string>,
  one: Recorded,
  other: Recorded,
  trials: Trials,
): Promise<boolean | null> {
  if (ids.size === trials.parts.length) return true;
  const run = await trials.swapped(ids);
  if (run === null) return trials.left <= 0 ? null : false;
  const isWhole = [one.run.exitCode, other.run.exitCode].includes(run.exitCode);
  return isWhole && (await trials.differences(one.run, run)).length > 0;
}

async function causeOf(
  ids: ReadonlySet<string>,
  one: Recorded,
  other: Recorded,
  differing: readonly Comparison[],
  trials: Trials,
): Promise<SwapCause> {
  const parts = trials.parts.filter(({ id }) => ids.has(id));
  const run = ids.size === trials.parts.length ? other.run : await trials.swapped(ids);
  const namesOf = (found: readonly Comparison[]): readonly string[] => found.map(({ output }) => output);
  const still = run === null ? [] : namesOf(await trials.differences(other.run, run));
  const moved = run === null ? [] : namesOf(await trials.differences(one.run, run));
  const outputs = moved.filter((output) => namesOf(differing).includes(output));
  return {
    kinds: [...new Set(parts.map(({ kind }) => kind))],
    parts: parts.map(({ kind, text }) => `${kind}: ${text}`),
    outputs,
    confirmed: run !== null,
    explains: run !== null && outputs.length > 0 && outputs.every((output) => !still.includes(output)),
    alone: run !== null && still.length === 0,
  };
}
