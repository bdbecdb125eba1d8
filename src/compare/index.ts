/** Are two outputs the same? Identical, equal after normalising, within tolerance, or different, and where.
 *  Contents come from hostile projects: they are read as data, within bounds, and never loaded or run. */
export { comparators } from "./comparators.ts";
export { compareCommitted } from "./committed.ts";
export type { FileState } from "./committed.ts";
export { compareContent } from "./content.ts";
export { matchesGlob } from "./glob.ts";
export { compareOutputs } from "./outputs.ts";
export { summarise, worstOf } from "./verdicts.ts";
