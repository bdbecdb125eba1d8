/** The ladder: one file per level, each with what it requires, how it is proved and how it is reached.
 *  Short, because the rooms below do the work. Three more doors load little:
 *  status.ts (the ladder as last proved), run-here.ts (one command, recorded) and handover.ts (lock, archive and rung.toml, without a proof). */
export { checkProject } from "./check.ts";
export { climbProject } from "./climb.ts";
export { committedParts, committedVerdict } from "./committed.ts";
export { executeAll } from "./execution.ts";
export { liftSeed } from "./lifts/seed.ts";
export { notebookTools } from "./notebook-tools.ts";
export { needsOf } from "./order.ts";
export { refuseBrokenConfig } from "./broken-config.ts";
export { compareRuns, compareWithReference } from "./repeat-comparison.ts";
export { ownerVariables } from "./variables.ts";
export { proveProject } from "./prove.ts";
export { condaFromIndex } from "./requirements/conda-packages.ts";
export { commandNamed, madeEnvironment } from "./owner-run.ts";
export { readSubject } from "./subject.ts";
export type { Subject } from "./subject.ts";
