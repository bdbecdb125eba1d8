import { checkProject } from "../../levels/index.ts";
import { entryOf } from "../blank.ts";
import { causeWithoutCommands, commandsAsked, type VerbResult, type VerbRun } from "./verb.ts";

/** Reads files only: the ladder as far as it is known, and no entry is run. */
export const checkVerb: VerbRun = async (job, progress): Promise<VerbResult> => {
  const ladder = await checkProject(job.directory, { online: false, progress });
  return {
    level: ladder.level,
    entries: commandsAsked(ladder.commands, job.entries, ({ name, kind }) => entryOf(name, kind)),
    steps: [],
    cause: causeWithoutCommands(ladder),
  };
};
