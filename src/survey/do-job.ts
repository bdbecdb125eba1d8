import type { SurveyProject, SurveyVerb } from "../model/index.ts";
import { now, readText, writeAtomic } from "../system/index.ts";
import { projectOf, withUnfinished } from "./blank.ts";
import { faultLine } from "./cause-text.ts";
import type { SurveyJob } from "./job.ts";
import { keep, readKept, stateFile } from "./state.ts";
import type { VerbRun } from "./verbs/verb.ts";

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
    const run = await verbs[job.verb]();
    const known = await run(job, progress, (part) =>
      say("partly", projectOf(job, { ...part, seconds: seconds(), at })),
    );
    const result = projectOf(job, { ...known, seconds: seconds(), at });
    // The run may have left files in the tree that were not there before (a store is none of them).
    keep(file, result);
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

function readPartly(file: string): SurveyProject | null {
  try {
    return (JSON.parse(readText(file)) as JobResult).result;
  } catch {
    return null;
  }
}
