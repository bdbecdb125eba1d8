import type { CommandKind, ComparisonCounts, SurveyEntry, SurveyProject } from "../model/index.ts";
import { now } from "../system/index.ts";
import type { SurveyJob } from "./job.ts";

export const noCounts: ComparisonCounts = {
  compared: 0,
  identical: 0,
  normalised: 0,
  tolerance: 0,
  different: 0,
};

/** An entry of which nothing is known but its name; `parts` say the rest. */
export function entryOf(name: string, kind: CommandKind, parts: Partial<SurveyEntry> = {}): SurveyEntry {
  return {
    name,
    kind,
    ran: parts.ran ?? null,
    seconds: parts.seconds ?? null,
    cells: parts.cells ?? noCounts,
    cause: parts.cause ?? null,
    images: parts.images ?? noCounts,
    files: parts.files ?? noCounts,
    differences: parts.differences ?? [],
    date: parts.date ?? null,
    python: parts.python ?? null,
  };
}

/** What an entry is, as it was asked for. */
export function kindOfEntry(entry: string): CommandKind {
  return entry.startsWith("nb:") ? "notebook" : "run";
}

/** A project of which nothing is known; `parts` say the rest. Keys stand in the order of the contract. */
export function projectOf(
  { project, directory, verb, entries }: Pick<SurveyJob, "project" | "directory" | "verb" | "entries">,
  parts: Partial<SurveyProject> = {},
): SurveyProject {
  const cause = parts.cause ?? null;
  const asked = entries?.map((name) => entryOf(name, kindOfEntry(name), { ran: false, cause })) ?? [];
  return {
    project,
    level: parts.level ?? null,
    entries: parts.entries ?? asked,
    cause,
    directory,
    verb,
    steps: parts.steps ?? [],
    seconds: parts.seconds ?? 0,
    at: parts.at ?? now(),
  };
}

/** The same with an entry for each that was asked for and is not there: `cause` says why. */
export function withUnfinished(
  result: SurveyProject,
  asked: readonly string[] | null,
  cause: string,
): SurveyProject {
  const known = new Set(result.entries.map(({ name }) => name));
  const missing = (asked ?? []).filter((name) => !known.has(name));
  const added = missing.map((name) => entryOf(name, kindOfEntry(name), { ran: false, cause }));
  return { ...result, entries: [...result.entries, ...added], cause };
}
