import type { SurveyProject, SurveyVerb } from "../model/index.ts";
import { now, readText, writeAtomic } from "../system/index.ts";
import { projectOf, withUnfinished } from "./blank.ts";
import { faultLine, isWithoutNetwork } from "./cause-text.ts";
import type { SurveyJob } from "./job.ts";
import { keep, readKept, stateFile } from "./state.ts";
import type { VerbResult, VerbRun } from "./verbs/verb.ts";

/** What a child leaves in its job's result file. */
export interface JobResult {
  /** "partly": more was to come when it was written. "kept": an earlier survey had found it. */
  readonly state: "partly" | "done" | "kept";
  readonly result: SurveyProject;
}

const verbs: Readonly<Record<SurveyVerb, () => Promise<VerbRun>>> = {
  check: async () => (await import("./verbs/check.ts")).checkVerb,
  prove: async () => (await import("./verbs/prove.ts")).proveVerb,
  revive: async () => (await import("./verbs/revive.ts")).reviveVerb,
};

/**
 * Does the job that a file describes, in the process that calls it: a child of a survey, since the project may take it
 * along. Whatever stops the work becomes the result's cause; only what was found to its end is kept for later.
 */
export async function doJob(jobFile: string, progress: (message: string) => void): Promise<void> {
  const job = JSON.parse(readText(jobFile)) as SurveyJob;
  const started = performance.now();
  const at = now();
  const seconds = (): number => Math.round((performance.now() - started) / 100) / 10;
  const say = (state: JobResult["state"], result: SurveyProject): void => {
    writeAtomic(job.resultFile, JSON.stringify({ state, result } satisfies JobResult));
  };
  try {
    const file = await stateFile(job);
    const kept = job.fresh ? null : readKept(file);
    // Where two survey the same folder under different names, each gets its own.
    if (kept !== null) return say("kept", { ...kept, project: job.project });
    const known = await runPatiently(job, progress, (part) =>
      say("partly", projectOf(job, { ...part, seconds: seconds(), at })),
    );
    const result = projectOf(job, { ...known, seconds: seconds(), at });
    if (known.isStopped !== true) keep(file, result);
    say("done", result);
  } catch (error) {
    const before = readPartly(job.resultFile);
    const cause = faultLine(error);
    const result =
      before === null
        ? projectOf(job, { cause, seconds: seconds(), at })
        : withUnfinished({ ...before, seconds: seconds() }, job.entries, cause);
    say("done", result);
  }
}

/** Tries again where the package index did not answer: among many projects that happens to one. */
async function runPatiently(
  job: SurveyJob,
  progress: (message: string) => void,
  partly: (known: VerbResult) => void,
): Promise<VerbResult> {
  const run = await verbs[job.verb]();
  for (const pause of [pauseMs, 3 * pauseMs]) {
    try {
      return await run(job, progress, partly);
    } catch (error) {
      if (!isWithoutNetwork(error)) throw error;
      progress("the package index does not answer; trying again");
      await new Promise((resolve) => setTimeout(resolve, pause));
    }
  }
  return run(job, progress, partly);
}

const pauseMs = 5000;

function readPartly(file: string): SurveyProject | null {
  try {
    return (JSON.parse(readText(file)) as JobResult).result;
  } catch {
    return null;
  }
}
