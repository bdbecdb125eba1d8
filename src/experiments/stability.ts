import type { Comparison } from "../model/index.ts";
import { freeing, outputsOf, type ExploreRequest } from "./explored.ts";
import { vectorOf } from "./series/vector.ts";
import type { Suspect } from "./suspect.ts";

/** What differs for no reason that is looked for, so that it is left out; looked into only where there is doubt. */
export interface Stability {
  /** Outputs that differ although all suspects are at rest. */
  readonly unstable: readonly string[];
  /** Suspects that follow whatever else is changed, and that make a difference by themselves. */
  readonly followers: readonly Suspect[];
  /** Takes note of a run's answer; sets with nothing in common that all make a difference raise doubt. */
  note(changed: readonly Suspect[], differed: boolean): Promise<void>;
  settle(): Promise<void>;
  /** Whether what was found may follow from something else: no run was the same as the reference, or one that others move
   *  is among several. */
  isInDoubt(found: readonly (readonly Suspect[])[], restIsClean: boolean): boolean;
  /** What of a comparison tells something of the suspects that were changed. */
  telling(changed: readonly Suspect[], comparisons: readonly Comparison[]): readonly Comparison[];
}

export function watchStability({ series, suspects, reference, choice }: ExploreRequest): Stability {
  const followers: Suspect[] = [];
  const followed = new Set<string>();
  let unstable: readonly string[] = [];
  let settled = false;
  let someSame = false;
  let isDoubted = false;
  let isMoved = false;
  let common: readonly Suspect[] | null = null;
  const settle = async (): Promise<void> => {
    if (settled) return;
    settled = true;
    // A run that was the same shows it as well.
    const again = someSame
      ? null
      : await series.anew(vectorOf(suspects, [], 0), "everything fixed, once more");
    if (again !== null) unstable = outputsOf(await series.differences(reference, again.run));
    for (const suspect of suspects.filter(({ followsOthers }) => followsOthers)) {
      const alone = await series.under(vectorOf(suspects, [suspect], choice), freeing([suspect]));
      const found = alone === null ? [] : await series.differences(reference, alone.run);
      const moved = outputsOf(found).filter((output) => !unstable.includes(output));
      for (const output of moved) followed.add(output);
      if (moved.length > 0) followers.push(suspect);
    }
  };
  return {
    get unstable() {
      return unstable;
    },
    followers,
    async note(changed, differed) {
      if (!differed) {
        someSame = true;
        return;
      }
      isMoved ||= changed.length > 0 && changed.every(({ followsOthers }) => followsOthers);
      common = common === null ? changed : common.filter((suspect) => changed.includes(suspect));
      if (common.length > 0) return;
      // There are two causes, or none of them is one; where some run was the same, a third set tells.
      if (!someSame || isDoubted || isMoved) await settle();
      isDoubted = true;
      common = changed;
    },
    isInDoubt(found, restIsClean) {
      const isAmongThem = found.length > 1 && found.flat().some(({ followsOthers }) => followsOthers);
      return !someSame || isAmongThem || (isDoubted && !restIsClean);
    },
    settle,
    telling(changed, comparisons) {
      const isFollower = changed.length > 0 && changed.every((suspect) => followers.includes(suspect));
      return comparisons.filter(
        ({ output }) => !unstable.includes(output) && (isFollower || !followed.has(output)),
      );
    },
  };
}
