import type { Comparison, Run } from "../model/index.ts";
import type { LabRun } from "./lab/lab.ts";
import type { Probes } from "./probes.ts";
import type { Series } from "./series/series.ts";
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
  /** Where one suspect is expected to make a difference, its run serves to find the place as well. */
  readonly probes?: Pick<Probes, "differences">;
  /** Those already known to be causes, or not to be varied now. */
  readonly without?: readonly Suspect[];
}

/** Whether a run was made, and ended by itself: the outputs of one that did not show no difference. */
export function isComparable<Made extends Pick<LabRun, "cutShort">>(made: Made | null): made is Made {
  return made !== null && made.cutShort === null;
}

/** The names of the outputs compared, each once. */
export function outputsOf(comparisons: readonly Comparison[]): readonly string[] {
  return [...new Set(comparisons.map(({ output }) => output))];
}

/** "everything fixed but clock", for progress. */
export function freeing(changed: readonly Suspect[]): string {
  if (changed.length === 0) return "everything fixed";
  const names = changed.map(({ id }) => id);
  const more = names.length > 3 ? ` and ${names.length - 3} more` : "";
  return `everything fixed but ${names.slice(0, 3).join(", ")}${more}`;
}
