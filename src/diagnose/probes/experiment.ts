import type { CauseKind, Change, CodePlace, Comparison, Run, Trace } from "../../model/index.ts";
import type { HookProbe, RunRequest, RunResult } from "../../sandbox/index.ts";

/**
 * What looking for the place of one cause may do: run the command again with everything fixed ("rest"), or with the cause
 * alone changed ("changed"). Both are deterministic: the same side gives the same outputs each time.
 */
export interface PlaceExperiment {
  readonly root: string;
  readonly kind: CauseKind;
  /** Of the run as its owner has it. */
  readonly trace: Trace;
  /** Where that run touched what the kind varies; often, not always, the place is among them. */
  readonly hints: readonly CodePlace[];
  /** The outputs that differ between the sides. */
  readonly differences: readonly Comparison[];
  /** The runs of both sides, without probes. */
  readonly rest: Run;
  readonly changed: Run;
  /**
   * One more run. `edits` are other contents of files of the copy, by path; `read` looks at what the run left while its
   * copy is still there. Null where no run is left.
   */
  run<T>(
    side: "rest" | "changed",
    setup: { readonly edits?: ReadonlyMap<string, string>; readonly probe?: HookProbe },
    read: (result: RunResult, request: RunRequest) => Promise<T> | T,
  ): Promise<{ readonly run: Run; readonly failed: boolean; readonly left: T } | null>;
  compare(one: Run, other: Run): Promise<readonly Comparison[]>;
}

/** A change to the code that would take a cause away; whether it does is shown by runs with it. */
export interface ProposedMend {
  /** "seed the generator at the top" */
  readonly summary: string;
  readonly changes: readonly Change[];
}
