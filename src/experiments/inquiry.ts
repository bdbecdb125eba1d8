import type { Run, Trace } from "../model/index.ts";
import type { Probes } from "./probes.ts";
import type { Series } from "./series/series.ts";
import type { Suspect } from "./suspect.ts";

/** What is known once the first run was observed and one was made with everything fixed. */
export interface Inquiry {
  readonly series: Series;
  readonly trace: Trace;
  readonly suspects: readonly Suspect[];
  /** The run with everything fixed. */
  readonly reference: Run;
  /** The observed run, made as the owner makes it, where it was the same as the reference. */
  readonly asItIs: Run | null;
  /** Two runs may go on at the same time. */
  readonly together: boolean;
  readonly probes: Probes;
}
