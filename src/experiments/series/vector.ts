import type { Run } from "../../model/index.ts";
import { mergeConditions } from "../../sandbox/index.ts";
import type { Setup } from "../lab/lab.ts";
import type { Suspect } from "../suspect.ts";

/** A choice for each suspect that an experiment decides on; the others are as the owner has them. */
export type Vector = ReadonlyMap<Suspect, number>;

/** All at rest but those named, which take `choice`. */
export function vectorOf(suspects: readonly Suspect[], changed: readonly Suspect[], choice: number): Vector {
  return new Map(suspects.map((suspect) => [suspect, changed.includes(suspect) ? choice : 0]));
}

/** Names a vector: the same for the same behaviour. */
export function keyOf(vector: Vector): string {
  return [...vector]
    .map(([suspect, choice]) => `${suspect.id}=${within(suspect, choice)}`)
    .sort()
    .join(" ");
}

function within({ choices }: Suspect, choice: number): number {
  return choice === 0 ? 0 : ((choice - 1) % choices) + 1;
}

/** What a vector sets around the command and in it; `reference` is the run that a second one finds in the tree. */
export function setupOf(vector: Vector, reference: Run | null): Setup {
  const conditions = mergeConditions([...vector].map(([suspect, choice]) => suspect.choose(choice)));
  const after = conditions.secondRun === true && reference !== null ? [reference] : [];
  return { conditions, after };
}
