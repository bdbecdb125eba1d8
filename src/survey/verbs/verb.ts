import type { Command, Ladder, SurveyEntry, SurveyProject } from "../../model/index.ts";
import { entryOf, kindOfEntry } from "../blank.ts";
import { findingLine } from "../cause-text.ts";
import type { SurveyJob } from "../job.ts";

export type VerbResult = Pick<SurveyProject, "level" | "entries" | "steps"> &
  Partial<Pick<SurveyProject, "cause">> & {
    /** True where our own work was stopped in a part of the project: the next survey tries again. */
    readonly isStopped?: boolean;
  };

/** What a survey does with one project. `partly` is told what is known already, for the case that the rest never is. */
export type VerbRun = (
  job: SurveyJob,
  progress: (message: string) => void,
  partly: (known: VerbResult) => void,
) => Promise<VerbResult>;

/** Why there is nothing to say of any command, where the project has none. */
export function causeWithoutCommands({ commands, rungs }: Ladder): string | null {
  if (commands.length > 0) return null;
  const fault = rungs[0]?.findings.find(({ severity }) => severity === "error");
  return fault === undefined ? "nothing was found that could be run" : findingLine(fault);
}

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
