/** The second door: recorded runs listed, and their logs shown, filtered, followed and compared. */
export { divergenceText } from "./log/divergence-text.ts";
export { logSources, severities } from "./log/entry.ts";
export type { LogEntry, LogHead, LogSeverity, LogSource } from "./log/entry.ts";
export { passes } from "./log/filter.ts";
export type { LogFilter } from "./log/filter.ts";
export { entryText, headText } from "./log/log-text.ts";
export { comparedLogs, followLog, logOf, recordedRuns } from "./log/logs.ts";
export { recordedRun } from "./log/read-log.ts";
export { pruneRecordedRuns } from "./prune-runs.ts";
export type { PrunedRuns } from "./prune-runs.ts";
