import { randomUUID } from "node:crypto";
import { stripVTControlCharacters } from "node:util";
import type { SurveyProject } from "../model/index.ts";
import { exists, readText, runProcess, type ProcessResult } from "../system/index.ts";
import { projectOf, withUnfinished } from "./blank.ts";
import type { JobResult } from "./do-job.ts";
import type { SurveyJob } from "./job.ts";

export interface ChildSettings {
  readonly launch: readonly string[];
  readonly seconds: number;
  readonly progress: (message: string) => void;
}

export interface ChildResult {
  readonly result: SurveyProject;
  readonly kept: boolean;
}

// It must end what runs in it and remove what it made before it goes.
const graceMs = 5000;

/** Does a job in a process of its own, and gives its result whatever becomes of that process. */
export async function runChild(
  job: SurveyJob,
  jobFile: string,
  settings: ChildSettings,
): Promise<ChildResult> {
  const { launch, seconds } = settings;
  const ended = await runProcess([...launch, "survey", "--job", jobFile], {
    timeoutMs: seconds * 1000,
    graceMs,
    mark: randomUUID(),
    onStderr: byLine(settings.progress),
  });
  const left = readResult(job.resultFile);
  if (left !== null && left.state !== "partly") return { result: left.result, kept: left.state === "kept" };
  const cause = causeOf(ended, seconds);
  const took = { seconds: Math.round(ended.durationMs / 100) / 10 };
  const result =
    left === null
      ? projectOf(job, { cause, ...took })
      : withUnfinished({ ...left.result, ...took }, job.entries, cause);
  return { result, kept: false };
}

function causeOf({ timedOut, signal, exitCode, stderr, failure }: ProcessResult, seconds: number): string {
  if (timedOut) return `the time limit of ${seconds} s for one project was reached`;
  if (failure !== null) return `Rung could not be started: ${failure}`;
  const last = stderr.toString("utf8").trimEnd().split("\n").slice(-3).join(" ").trim();
  const how = signal === null ? `exit code ${exitCode ?? "?"}` : `${signal}, perhaps for want of memory`;
  return `the process that looked at the project ended early (${how})${last === "" ? "" : `: ${last.slice(0, 400)}`}`;
}

/** The text that a file of results holds; null where there is none, or where it was not written by us. */
function readResult(file: string): JobResult | null {
  if (!exists(file)) return null;
  try {
    const value = JSON.parse(readText(file)) as JobResult;
    return typeof value.state === "string" && Array.isArray(value.result.entries) ? value : null;
  } catch {
    return null;
  }
}

/** Hands over whole lines, without the time that stands before each. */
function byLine(take: (line: string) => void): (text: string) => void {
  let rest = "";
  return (text) => {
    const lines = `${rest}${text}`.split("\n");
    rest = (lines.pop() ?? "").slice(-1000);
    for (const line of lines) {
      const message = stripVTControlCharacters(line)
        .replace(/^ *\d+\.\d s {2}/u, "")
        .trim();
      if (message !== "") take(message);
    }
  };
}
