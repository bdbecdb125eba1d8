/** Runs kept and compared, and handed to other tools in their formats.
 *  Everything here is made from records alone: nothing is run. */
export { exportRun, runFormatOf } from "./export-run.ts";
export type { RunExport, RunExportOptions } from "./export-run.ts";
export type { RunFormat } from "./exchange/run-format.ts";
