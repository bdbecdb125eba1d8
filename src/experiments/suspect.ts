import type { Suspected } from "../diagnose/index.ts";
import type { CauseKind, CodePlace } from "../model/index.ts";
import type { Conditions } from "../sandbox/index.ts";

/** One thing that may make runs differ, as an experiment sees it: `id` is that of its perturbation. */
export interface Suspect extends Suspected {
  readonly kind: CauseKind;
  /** "the order in which folders list their files" */
  readonly title: string;
  /** Whether it is another at each run of its owner, or only elsewhere or on another day. */
  readonly varies: "each-run" | "elsewhere";
  /** Choice 0 is the reference; 1 to `choices` are others. The same choice gives the same behaviour each time. */
  readonly choose: (choice: number) => Conditions;
  readonly choices: number;
  /** Whether the observed run touched it; null where that could not be seen. */
  readonly touched: boolean | null;
  /** Its natural variation is a new draw each time, so that two runs may agree by chance. */
  readonly drawn: boolean;
  /** Whatever else is changed moves this a little too. */
  readonly followsOthers: boolean;
  /** A run that fails under it says only that the command needs what was changed. */
  readonly mayFail: boolean;
  /** Where the observed run touched it: the places at which its difference may enter. */
  readonly places: readonly CodePlace[];
  /** In a sentence: "with only PYTHONHASHSEED fixed". */
  readonly fixed: string;
  /** In a sentence: "with only PYTHONHASHSEED changed". */
  readonly freed: string;
}
