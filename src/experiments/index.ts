/** A command run again and again under chosen conditions, and what that shows: why two runs differ, what would differ
 *  elsewhere. Nothing is written to the user's tree. */
export { mendChanges } from "./mend-patch.ts";
export { repeat } from "./repeat/repeat.ts";
export type { Repetition } from "./repeat/repeat.ts";
export { shake } from "./shake.ts";
export { sourceLines } from "./source-lines.ts";
export type { SwapCause, SwapDiagnosis } from "./swap/swap-diagnosis.ts";
export { whyRuns } from "./swap/swap.ts";
export { why } from "./why.ts";
