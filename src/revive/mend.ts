import type { FailedRun } from "../diagnose/index.ts";
import type { Location, Need } from "../model/index.ts";
import type { Attempt, Prepared } from "./attempt.ts";

export interface Failed {
  readonly attempt: Attempt;
  readonly failed: FailedRun;
  readonly prepared: Prepared;
  /** What the code needs, as far as its files tell. */
  readonly needs: readonly Need[];
}

/** What a mend made of an attempt, for people: what it did, why, and the place that showed it. */
export interface Mended {
  readonly attempt: Attempt;
  readonly action: string;
  readonly reason: string;
  readonly location: Location | null;
}

/** One way to get past a failure by changing the environment or how a command is run. */
export interface Mend {
  /** The kind of its steps. */
  readonly id: string;
  /** The changed attempt; null where this failure is none of its. Runs nothing and changes nothing itself. */
  readonly apply: (failed: Failed) => Mended | null;
}

export function defineMend(mend: Mend): Mend {
  return mend;
}
