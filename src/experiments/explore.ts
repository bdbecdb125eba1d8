import { findCauses } from "../diagnose/index.ts";
import type { Comparison, Run } from "../model/index.ts";
import type { Series } from "./series/series.ts";
import { vectorOf } from "./series/vector.ts";
import type { Suspect } from "./suspect.ts";

/** What was shown to make a difference: one suspect, or a few that do only together. */
export interface FoundCause {
  readonly members: readonly Suspect[];
  readonly choice: number;
  /** The outputs that differ from the reference when only these are changed. */
  readonly outputs: readonly string[];
  readonly differences: readonly Comparison[];
}

export interface Exploration {
  readonly causes: readonly FoundCause[];
  /** Outputs that differ although all suspects are at rest: nothing here explains them. */
  readonly unstable: readonly string[];
  /** A run with every other suspect changed was the same as the reference. */
  readonly restIsClean: boolean;
  readonly exhausted: boolean;
  /** Those under which the command fails: it needs what they take away. */
  readonly needed: readonly Suspect[];
}

export interface ExploreRequest {
  readonly series: Series;
  readonly suspects: readonly Suspect[];
  /** The run with all suspects at rest. */
  readonly reference: Run;
  /** True where a difference was seen that must have a cause among the suspects. */
  readonly expected: boolean;
  readonly choice: number;
  /** Those already known to be causes, or not to be varied now. */
  readonly without?: readonly Suspect[];
}

/**
 * Finds the causes of difference among suspects, all changed to the same `choice`. A difference is trusted only once
 * some run was the same as the reference: else all at rest is run again, and what differs then is left out.
 */
export async function explore(request: ExploreRequest): Promise<Exploration> {
  const { series, suspects, reference, choice } = request;
  const open = suspects.filter((suspect) => request.without?.includes(suspect) !== true);
  const known = new Map(open.map((suspect) => [suspect.id, suspect]));
  const stability = watchStability(request);
  /** Changed in some run that failed. */
  const failing = new Set<Suspect>();
  const differences = async (changed: readonly Suspect[]): Promise<readonly Comparison[] | null> => {
    const result = await series.under(vectorOf(suspects, changed, choice), wordsFor(changed, open));
    if (result === null) return null;
    if (!result.failed || !changed.some(({ mayFail }) => mayFail))
      return stability.stable(await series.differences(reference, result.run));
    // That it fails without what it needs tells nothing of the others: these are asked apart.
    const others = changed.filter(({ mayFail }) => !mayFail);
    for (const suspect of changed) if (suspect.mayFail) failing.add(suspect);
    return others.length === 0 ? [] : differences(others);
  };
  const differs = async (ids: readonly string[]): Promise<boolean | null> => {
    const changed = ids.flatMap((id) => known.get(id) ?? []);
    const found = await differences(changed);
    if (found === null) return null;
    await stability.note(changed, found.length > 0);
    return stability.stable(found).length > 0;
  };
  let result = await findCauses({ suspects: open, differs, expected: request.expected });
  if (result.causes.length > 0) await stability.settle();
  // With what is unstable left out the same runs say something else, so that they are asked once more.
  if (stability.unstable.length > 0) result = await findCauses({ suspects: open, differs, expected: false });
  const causes: FoundCause[] = [];
  const add = async (members: readonly Suspect[]): Promise<void> => {
    const found = (await differences(members)) ?? [];
    if (found.length > 0) causes.push({ members, choice, differences: found, outputs: outputsOf(found) });
  };
  for (const ids of result.causes) await add(ids.flatMap((id) => known.get(id) ?? []));
  const needed: Suspect[] = [];
  for (const suspect of failing) {
    if (causes.some(({ members }) => members.includes(suspect))) continue;
    const alone = await series.under(vectorOf(suspects, [suspect], choice), wordsFor([suspect], open));
    if (alone?.failed === true) needed.push(suspect);
    else if (alone !== null) await add([suspect]);
  }
  const { restIsClean, exhausted } = result;
  return { causes, unstable: stability.unstable, restIsClean, exhausted, needed };
}

export function outputsOf(comparisons: readonly Comparison[]): readonly string[] {
  return [...new Set(comparisons.map(({ output }) => output))];
}

function wordsFor(changed: readonly Suspect[], all: readonly Suspect[]): string {
  return changed.length === all.length ? "everything changed" : freeing(changed);
}

/** "everything fixed but clock", for progress. */
export function freeing(changed: readonly Suspect[]): string {
  if (changed.length === 0) return "everything fixed";
  const names = changed.map(({ id }) => id);
  const more = names.length > 3 ? ` and ${names.length - 3} more` : "";
  return `everything fixed but ${names.slice(0, 3).join(", ")}${more}`;
}

/** Whether a run with all at rest gives the same again; looked into only where there is reason to doubt it. */
function watchStability({ series, suspects, reference }: ExploreRequest): {
  readonly unstable: readonly string[];
  note(changed: readonly Suspect[], differed: boolean): Promise<void>;
  settle(): Promise<void>;
  stable(comparisons: readonly Comparison[]): readonly Comparison[];
} {
  let unstable: readonly string[] = [];
  let settled = false;
  let first: readonly Suspect[] | null = null;
  const settle = async (): Promise<void> => {
    if (settled) return;
    settled = true;
    const again = await series.anew(vectorOf(suspects, [], 0), "everything fixed, once more");
    if (again !== null) unstable = outputsOf(await series.differences(reference, again.run));
  };
  return {
    get unstable() {
      return unstable;
    },
    async note(changed, differed) {
      if (!differed) settled = true;
      else if (first === null) first = changed;
      // Two sets with nothing in common both make a difference: there are two causes, or none of them is one.
      else if (!changed.some((suspect) => first?.includes(suspect))) await settle();
    },
    settle,
    stable: (comparisons) => comparisons.filter(({ output }) => !unstable.includes(output)),
  };
}
