import type { SurveyProject } from "../model/index.ts";
import { discoverProject } from "../project/index.ts";
import { openStore } from "../store/index.ts";
import { exists, joinPath, readText, sha256, writeAtomic } from "../system/index.ts";
import type { SurveyJob } from "./job.ts";

/**
 * The file that keeps the result of a job: named by the project's folder, the content of its tree, what Git tracks of it, the
 * commit that it is compared with, what was asked, and Rung's version. Throws as discoverProject does.
 */
export async function stateFile(job: SurveyJob): Promise<string> {
  const { project, entries } = await discoverProject(job.directory, async () => new Map());
  const store = openStore(project.root);
  try {
    const digests = store.digests(project.root, entries);
    const tree = entries.map(({ path, mode }) => `${path}\0${mode}\0${digests.get(path) ?? ""}`);
    const { verb, options, version, directory } = job;
    // What Git tracks is what others get: `git add` alone changes what is proved.
    const { head = null, tracked = null } = project.git ?? {};
    const asked = [directory, verb, job.entries, options, version, head, tracked?.toSorted() ?? null];
    return joinPath(job.stateDirectory, `${sha256(JSON.stringify([asked, tree]))}.json`);
  } finally {
    store.close();
  }
}

/** The result kept there; null where there is none that can be read. */
export function readKept(file: string): SurveyProject | null {
  if (!exists(file)) return null;
  try {
    const value: unknown = JSON.parse(readText(file));
    return typeof value === "object" && value !== null && "project" in value && "entries" in value
      ? (value as SurveyProject)
      : null;
  } catch {
    return null;
  }
}

export function keep(file: string, result: SurveyProject): void {
  writeAtomic(file, JSON.stringify(result));
}
