/** Runs kept and compared, and handed to other tools in their formats.
 *  Everything here is made from records alone: nothing is run. What shows and compares logs is behind logs.ts, the second
 *  door, which loads the comparing; what writes other tools' formats behind export-run.ts, the third. */
export { boundedBlobs } from "./bounded-blobs.ts";
export { isCode, recordedEnvironment, recordedGit, recordedVariables, runInputs } from "./circumstances.ts";
export { keepTree, readTree, treeItems } from "./kept-tree.ts";
export type { TreeItem } from "./kept-tree.ts";
export { openRunLog } from "./log/run-log.ts";
export type { RunLog } from "./log/run-log.ts";
