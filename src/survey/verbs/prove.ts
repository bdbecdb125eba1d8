import { explainFailure } from "../../diagnose/index.ts";
import { proveProject } from "../../levels/index.ts";
import type { Command, Ladder, Run, SurveyEntry } from "../../model/index.ts";
import { projectRoot } from "../../project/listing.ts";
import { openStore } from "../../store/index.ts";
import { entryOf } from "../blank.ts";
import { findingLine } from "../cause-text.ts";
import { countRuns, type EntryCounts } from "../counts.ts";
import { causeWithoutCommands, commandsAsked, type VerbResult, type VerbRun } from "./verb.ts";

/** Runs the proofs from level 0 upward. An entry is told from its first run at level 0. */
export const proveVerb: VerbRun = async (job, progress): Promise<VerbResult> => {
  const ladder = await proveProject(job.directory, { upTo: job.options.upTo, repeats: null, progress });
  const root = projectRoot(job.directory);
  const runs = referenceRuns(root);
  const pairs = ladder.commands.map((command) => runs.get(command.name) ?? null);
  const counts = await countRuns(root, pairs);
  const countsOf = new Map(ladder.commands.map(({ name }, index) => [name, counts[index]]));
  return {
    level: ladder.level,
    entries: commandsAsked(ladder.commands, job.entries, (command) =>
      entryFor(command, runs.get(command.name) ?? null, countsOf.get(command.name), ladder),
    ),
    steps: [],
    cause: causeWithoutCommands(ladder),
  };
};

/** The first run of each command in the newest proof of level 0. */
function referenceRuns(root: string): ReadonlyMap<string, Run> {
  const store = openStore(root);
  try {
    const ids = store.latestProofs().get(0)?.runs ?? [];
    const runs = ids.map((id) => store.run(id)).filter((run) => run !== null);
    return new Map(runs.toReversed().map((run) => [run.command, run]));
  } finally {
    store.close();
  }
}

function entryFor(
  command: Command,
  run: Run | null,
  counts: EntryCounts | undefined,
  ladder: Ladder,
): SurveyEntry {
  const fault = ladder.rungs[0]?.findings.find(({ severity }) => severity === "error");
  const ground = fault === undefined ? null : findingLine(fault);
  if (run === null) {
    const cause = ground ?? "it was never started";
    return entryOf(command.name, command.kind, { ran: false, cause });
  }
  const failure = explainFailure(command, run, ladder.project.root);
  const varies = ladder.level === -1 && failure === null ? variation(command, ladder) : null;
  return entryOf(command.name, command.kind, {
    ...(failure === null ? counts : {}),
    ran: failure === null,
    seconds: run.durationMs / 1000,
    cause: failure === null ? varies : findingLine(failure),
    python: run.python,
  });
}

/** What level 0 says against this command. */
function variation({ name }: Command, { rungs }: Ladder): string | null {
  const finding = rungs[0]?.findings.find(
    ({ severity, message }) => severity === "error" && message.includes(name),
  );
  return finding === undefined ? null : findingLine(finding);
}
