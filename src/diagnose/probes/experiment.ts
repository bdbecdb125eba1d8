import type { Change, Comparison, Run } from "../../model/index.ts";
import type { ProbedRun, Replay } from "./find-places.ts";
import type { ProbeSite } from "./site.ts";

/**
 * What looking for the place of one cause may do: run the instrumented copy with everything fixed ("rest"), or with the
 * cause alone changed ("changed"). Both are deterministic: the same side gives the same outputs each time.
 */
export interface PlaceExperiment {
  sites(): Promise<readonly ProbeSite[]>;
  /** The outputs that differ between the sides. */
  readonly differences: readonly Comparison[];
  /** The run with everything fixed, without probes. */
  readonly rest: Run;
  /** A run of one side, made once where nothing is given back. Null where no run is left. */
  run(side: "rest" | "changed", replay: Replay | null): Promise<ProbedRun<Run> | null>;
  compare(one: Run, other: Run): Promise<readonly Comparison[]>;
}

/** A change to the code that would take a cause away; whether it does is shown by runs with it. */
export interface ProposedMend {
  /** "seed the generator at the top" */
  readonly summary: string;
  /** With it the command must give what it gave with everything fixed. */
  readonly keepsResults: boolean;
  readonly changes: readonly Change[];
}
