/** Are two outputs the same? Identical, equal after normalising, within tolerance, or different, and where.
 *  Contents come from hostile projects: they are read as data, within bounds, and never loaded or run. */
export { comparators } from "./comparators.ts";
export { compareCommitted, compareCommittedParts } from "./committed.ts";
export type { CommittedParts, FileState } from "./committed.ts";
export { compareContent } from "./content.ts";
export { ignoredOutputs, leavesResult } from "./counted.ts";
export type { IgnoredOutput } from "./counted.ts";
export { matchesGlob } from "./glob.ts";
export { saysTheSame } from "./same-text.ts";
export { compareOutputs } from "./outputs.ts";
export { testSummary } from "./test-summary.ts";
export { summarise, worstOf } from "./verdicts.ts";
