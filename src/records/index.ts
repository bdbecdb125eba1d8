/** Runs kept and compared, and handed to other tools in their formats.
 *  Everything here is made from records alone: nothing is run. */
export { boundedBlobs } from "./bounded-blobs.ts";
export { isCode, recordedEnvironment, recordedGit, recordedVariables, runInputs } from "./circumstances.ts";
export { keepTree, readTree, treeItems } from "./kept-tree.ts";
export type { TreeItem } from "./kept-tree.ts";
export { openRunLog } from "./log/run-log.ts";
export type { RunLog } from "./log/run-log.ts";
export type { Divergence } from "./log/divergence.ts";
export { logSources, severities } from "./log/entry.ts";
export type { Log, LogEntry, LogHead, LogSeverity, LogSource } from "./log/entry.ts";
export { passes } from "./log/filter.ts";
export type { LogFilter } from "./log/filter.ts";
export { entryText, headText } from "./log/log-text.ts";
export { comparedLogs, followLog, logOf, recordedRuns, withRecords } from "./log/logs.ts";
export { recordedRun } from "./log/read-log.ts";
export { divergenceText } from "./log/divergence-text.ts";
