import type { Comparison, Sameness } from "../model/index.ts";

const fromBest: readonly Sameness[] = ["identical", "normalised", "tolerance", "different"];

/** The worst verdict among comparisons; "identical" where there is none, so ask first whether anything was compared. */
export function worstOf(comparisons: readonly Pick<Comparison, "verdict">[]): Sameness {
  const worst = Math.max(0, ...comparisons.map(({ verdict }) => fromBest.indexOf(verdict)));
  return fromBest[worst] ?? "different";
}

export interface Counts {
  readonly compared: number;
  readonly identical: number;
  readonly normalised: number;
  readonly tolerance: number;
  readonly different: number;
}

/** How many comparisons there are, and how many of each verdict. */
export function summarise(comparisons: readonly Pick<Comparison, "verdict">[]): Counts {
  const count = (wanted: Sameness): number => comparisons.filter(({ verdict }) => verdict === wanted).length;
  return {
    compared: comparisons.length,
    identical: count("identical"),
    normalised: count("normalised"),
    tolerance: count("tolerance"),
    different: count("different"),
  };
}
