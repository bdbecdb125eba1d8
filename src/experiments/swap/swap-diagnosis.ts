import type { PartKind } from "./parts.ts";

/** A smallest set of parts that, swapped, makes the first run's outputs others. Mostly one part. */
export interface SwapCause {
  readonly kinds: readonly PartKind[];
  /** "data: data/raw.csv", "lock: numpy 1.26.4 → 2.0.1", "parameters: no --seed → --seed 7". */
  readonly parts: readonly string[];
  /** The outputs that it reaches. */
  readonly outputs: readonly string[];
  /** A run with it swapped and all else as the first run had it was made. */
  readonly confirmed: boolean;
  /** Those outputs then are the second run's. */
  readonly explains: boolean;
  /** All outputs then are the second run's: nothing else is needed. */
  readonly alone: boolean;
}

/** Why two recorded runs differ, as `rung why RUN_A RUN_B --json` prints it. */
export interface SwapDiagnosis {
  readonly schemaVersion: 1;
  readonly command: string;
  /** The runs' ids. */
  readonly one: string;
  readonly other: string;
  readonly verdict: "same" | "different";
  /** Runs that were made for it. */
  readonly runs: number;
  /** Outputs that differ between the two. */
  readonly outputs: readonly string[];
  readonly causes: readonly SwapCause[];
  /** Whether all causes swapped together give all that the second run gave; null where no run has shown it. */
  readonly together: boolean | null;
  readonly notes: readonly string[];
}
