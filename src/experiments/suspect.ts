import type { Suspected } from "../diagnose/index.ts";
import type { CauseKind, CodePlace } from "../model/index.ts";
import type { Conditions, HookControl } from "../sandbox/index.ts";

/** What a choice of a suspect sets. Only these are changed by it. */
export interface Change {
  readonly conditions?: Omit<Conditions, "control">;
  readonly control?: Partial<HookControl>;
  /** Lays what the reference run left over the tree first. */
  readonly afterReference?: boolean;
}

/** One thing that may make runs differ, as an experiment sees it: `id` is its kind. */
export interface Suspect extends Suspected {
  readonly kind: CauseKind;
  /** Whether it is another at each run of its owner, or only elsewhere or on another day. */
  readonly varies: "each-run" | "elsewhere";
  /** Choice 0 is the reference; 1, 2 and 3 are others. The same choice gives the same behaviour each time. */
  readonly choose: (choice: number) => Change;
  /** The observed run touched it, as far as that can be seen. */
  readonly touched: boolean;
  /** Its natural variation is a new draw each time, so that two runs may agree by chance. */
  readonly drawn: boolean;
  /** Where the observed run touched it; the places at which its difference may enter. */
  readonly places: readonly CodePlace[];
  /** "the hash seed" */
  readonly name: string;
  /** In a sentence: "with only PYTHONHASHSEED fixed". */
  readonly fixed: string;
  /** In a sentence: "with only the hash seed changed". */
  readonly freed: string;
}
