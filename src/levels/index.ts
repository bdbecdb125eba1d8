/** The ladder: one file per level, each with what it requires, how it is proved and how it is reached.
 *  Short, because the rooms below do the work. The ladder as last proved is behind status.ts, which loads little. */
export { checkProject } from "./check.ts";
export { climbProject } from "./climb.ts";
export { archiveProject, draftConfig, lockProject, writeDraft } from "./handover.ts";
export { proveProject } from "./prove.ts";
export { runHere } from "./run-here.ts";
