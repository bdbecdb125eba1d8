import type { Difference, Sameness } from "../model/index.ts";
import type { Tolerance } from "./tolerance.ts";

/** What one comparison of two contents gave. `rules` are those that were needed, `differences` the first ten places. */
export interface Outcome {
  readonly verdict: Sameness;
  readonly comparator: string;
  readonly rules: readonly string[];
  readonly differences: readonly Difference[];
  /** How far the two are apart, in words with the unit; null where there is nothing to say. */
  readonly measure: string | null;
}

export type Result = Omit<Outcome, "comparator">;

export interface CompareOptions {
  /** Of the output, relative to the project's root; inside a container the member's path. */
  readonly path: string;
  readonly tolerances: readonly Tolerance[];
  /** Folders made for one run: normalised in console and notebook text wherever they are printed. */
  readonly workPaths: readonly string[];
  /** Stored long ago against fresh: libraries may have printed the same in another way. */
  readonly acrossVersions?: boolean;
  /** Compares what lies inside a container, by the comparator that matches `path`. Containers nest twice at most. */
  readonly inner: (path: string, before: Uint8Array, after: Uint8Array) => Promise<Outcome>;
}

export interface Comparator {
  readonly id: string;
  /** Whether this comparator is for a file of that path; `head` is the first bytes of its content. */
  readonly matches: (path: string, head: Uint8Array) => boolean;
  /** Null where the contents turn out not to be of this kind: the next comparator that matches is asked. */
  readonly compare: (
    before: Uint8Array,
    after: Uint8Array,
    options: CompareOptions,
  ) => Result | null | Promise<Result | null>;
}

export function defineComparator(comparator: Comparator): Comparator {
  return comparator;
}

export const maximumDifferences = 10;

export const identical: Result = { verdict: "identical", rules: [], differences: [], measure: null };

export function normalised(rules: readonly string[], measure: string | null = null): Result {
  return { verdict: "normalised", rules, differences: [], measure };
}

export function withinTolerance(rules: readonly string[], measure: string | null = null): Result {
  return { verdict: "tolerance", rules, differences: [], measure };
}

export function different(differences: readonly Difference[], measure: string | null = null): Result {
  return { verdict: "different", rules: [], differences: differences.slice(0, maximumDifferences), measure };
}

/** The same result with `prefix` before each place, for a part of something larger. */
export function placedIn<Part extends Pick<Result, "differences">>(prefix: string, part: Part): Part {
  const differences: Difference[] = [];
  for (const { where, before, after } of part.differences) {
    differences.push({ where: `${prefix}${where}`, before, after });
  }
  return { ...part, differences };
}
