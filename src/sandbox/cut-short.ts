import type { ProcessResult } from "../system/index.ts";
import type { NotebookReport } from "./notebook.ts";

const killed = 9;

/**
 * Why a process ended early, where the machine may be the reason: its time was up, the system killed it (memory ran out),
 * or none of several kernels started. Null where it ended by itself, well or not: a kernel that stops with an error of its own
 * does, since the next one would as well.
 */
export function cutShort(
  { timedOut, exitCode, signal }: Pick<ProcessResult, "timedOut" | "exitCode" | "signal">,
  report: Pick<NotebookReport, "kernelFailed" | "kernelStarted" | "kernelExit"> | null,
): string | null {
  if (timedOut) return "its time was up";
  if (signal === "SIGKILL" || exitCode === 128 + killed || report?.kernelExit === -killed)
    return "it was killed, as where the memory runs out";
  if (report?.kernelFailed === true && !report.kernelStarted && report.kernelExit === null)
    return "no kernel started in time";
  return null;
}
