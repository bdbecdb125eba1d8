import type { Command, SurveyEntry, SurveyProject } from "../../model/index.ts";
import { entryOf, kindOfEntry } from "../blank.ts";
import type { SurveyJob } from "../job.ts";

export type VerbResult = Pick<SurveyProject, "level" | "entries" | "steps">;

/** What a survey does with one project. `partly` is told what is known already, for the case that the rest never is. */
export type VerbRun = (
  job: SurveyJob,
  progress: (message: string) => void,
  partly: (known: VerbResult) => void,
) => Promise<VerbResult>;

/** One entry for each of the project's own commands; where some were asked for, for those alone. */
export function commandsAsked(
  commands: readonly Command[],
  asked: readonly string[] | null,
  entryFor: (command: Command) => SurveyEntry,
): readonly SurveyEntry[] {
  if (asked === null) return commands.map(entryFor);
  return asked.map((entry) => {
    const command = commands.find((candidate) => isAsked(candidate, entry));
    if (command !== undefined) return { ...entryFor(command), name: entry };
    const cause = "none of the project's own commands, which are all that check and prove look at";
    return entryOf(entry, kindOfEntry(entry), { cause });
  });
}

function isAsked({ name, kind, run, cwd }: Command, entry: string): boolean {
  if (kind === "notebook") return entry === `nb:${run}` || entry === name;
  const inFolder = cwd === "" || cwd === "." ? run : `cd ${cwd} && ${run}`;
  return entry === inFolder || entry === name;
}
