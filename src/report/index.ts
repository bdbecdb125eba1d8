/** A ladder and its parts as text: one renderer per file, each from plain records alone.
 *  Nothing here reads, runs or prints. Diffs are behind changes.ts and surveys behind survey.ts, doors of their own
 *  that load their libraries. */
export { renderCache, renderPrunedCache } from "./cache.ts";
export { renderDiagnosis } from "./diagnosis.ts";
export { renderJson } from "./json.ts";
export { paintFor } from "./paint.ts";
export type { Paint } from "./paint.ts";
export { renderRunEnd } from "./run-end.ts";
export { printable } from "./printable.ts";
export { renderRevival, renderStep } from "./revival.ts";
export { findingText, renderTerminal } from "./terminal.ts";
export { renderImageDifference } from "./image-difference.ts";
export { renderRepetition } from "./repetition.ts";
export { renderPrunedRuns, renderRuns } from "./runs.ts";
export { renderSwap } from "./swap.ts";
export { renderTrace } from "./trace.ts";
export { traceDot, traceGraphText } from "./trace-graph.ts";
