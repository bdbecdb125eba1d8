import os from "node:os";
import type { SurveyProject, SurveyVerb } from "../model/index.ts";
import { cacheDirectory, joinPath, temporaryDirectory, writeAtomic } from "../system/index.ts";
import { projectOf } from "./blank.ts";
import { faultLine } from "./cause-text.ts";
import { runChild } from "./child.ts";
import { entriesFor, type EntriesByProject } from "./entries-file.ts";
import { inParallel } from "./in-parallel.ts";
import type { SurveyJob, SurveyOptions } from "./job.ts";
import type { ListedProject } from "./project-list.ts";

export interface SurveySettings {
  readonly verb: SurveyVerb;
  readonly entries: EntriesByProject | null;
  readonly options: SurveyOptions;
  /** Projects at a time; as many as there are processors, and four at most, where null. */
  readonly jobs: number | null;
  /** Seconds for all the work on one project. */
  readonly projectSeconds: number;
  /** Where finished results are kept; in the cache where null. */
  readonly stateDirectory: string | null;
  /** Look at each project again, whatever is kept. */
  readonly fresh: boolean;
  readonly version: string;
  /** The words that start Rung's command line in a process of its own. */
  readonly launch: readonly string[];
  readonly onStart?: (project: ListedProject) => void;
  readonly progress: (project: ListedProject, message: string) => void;
  /** Told as soon as a project is finished; `kept` where an earlier survey had found it. */
  readonly onResult: (result: SurveyProject, kept: boolean) => void;
}

/** The usual number of projects at a time. */
function usualJobs(): number {
  return Math.min(os.availableParallelism(), 4);
}

/**
 * Looks at each project in a process of its own, some at a time, and gives what was found in the order of the projects.
 * Whatever a project does, the others are looked at. A result is kept as soon as it is found, so that an interrupted
 * survey goes on where it was.
 */
export async function surveyProjects(
  projects: readonly ListedProject[],
  settings: SurveySettings,
): Promise<readonly SurveyProject[]> {
  using work = temporaryDirectory("survey");
  const stateDirectory = settings.stateDirectory ?? cacheDirectory("surveys");
  return await inParallel(projects, settings.jobs ?? usualJobs(), async (project, index) => {
    const { name, directory } = project;
    const job: SurveyJob = {
      project: name,
      directory,
      verb: settings.verb,
      entries: settings.entries === null ? null : entriesFor(project, settings.entries),
      options: settings.options,
      stateDirectory,
      fresh: settings.fresh,
      version: settings.version,
      resultFile: joinPath(work.path, `${index}.result.json`),
    };
    const jobFile = joinPath(work.path, `${index}.job.json`);
    writeAtomic(jobFile, JSON.stringify(job));
    settings.onStart?.(project);
    const { result, kept } = await runChild(job, jobFile, {
      launch: settings.launch,
      seconds: settings.projectSeconds,
      progress: (message) => settings.progress(project, message),
    }).catch((error: unknown) => ({ result: projectOf(job, { cause: faultLine(error) }), kept: false }));
    settings.onResult(result, kept);
    return result;
  });
}
