import { ToolError } from "../../model/index.ts";
import { renderJson, renderPrunedRuns, renderRuns } from "../../report/index.ts";
import { confirm } from "../confirm.ts";
import type { Console } from "../console.ts";
import { countOption } from "../count-option.ts";
import { defineCommand } from "../define-command.ts";
import { exitCodes } from "../exit-codes.ts";

export const runs = defineCommand({
  name: "runs",
  arguments: "[dir]",
  options: [
    { flags: "--prune", description: "remove recorded runs with their logs and contents; after asking" },
    { flags: "--keep <number>", description: "with --prune: the newest so many of each command stay" },
    { flags: "--older-than <days>", description: "with --prune: younger runs stay" },
    { flags: "--dry-run", description: "with --prune: say what would go, and remove nothing" },
    { flags: "--yes", description: "with --prune: without asking" },
  ],
  examples: [
    "rung runs",
    "rung runs ../paper --json",
    "rung runs --prune --keep 20",
    "rung runs --prune --older-than 90 --yes",
  ],
  json: true,
  async run({ words, options, console }) {
    const directory = words[0] ?? ".";
    if (options["prune"] === true) return prune(directory, options, console);
    for (const name of ["keep", "olderThan", "dryRun", "yes"])
      if (options[name] !== undefined)
        throw new ToolError("USAGE", "That is for --prune", { hint: "rung runs --prune --keep 20" });
    const { recordedRuns } = await import("../../records/logs.ts");
    const recorded = recordedRuns(directory);
    console.print(console.json ? renderJson({ schemaVersion: 1, runs: recorded }) : renderRuns(recorded));
    return exitCodes.met;
  },
});

async function prune(
  directory: string,
  options: Readonly<Record<string, unknown>>,
  console: Console,
): Promise<number> {
  const keep = countOption(options, "keep", -1, 0);
  const days = countOption(options, "older-than", -1, 0, "number of days");
  const rule = { keep: keep < 0 ? null : keep, olderThanDays: days < 0 ? null : days };
  if (rule.keep === null && rule.olderThanDays === null)
    throw new ToolError("USAGE", "Which runs may go?", {
      hint: "rung runs --prune --keep 20, or --older-than 90 (days), or both",
    });
  const { pruneRecordedRuns } = await import("../../records/logs.ts");
  const planned = pruneRecordedRuns(directory, rule, true);
  const isAsked = options["yes"] !== true && options["dryRun"] !== true && !console.json;
  if (!console.json && (isAsked || options["dryRun"] === true))
    console.print(renderPrunedRuns(planned, true));
  const isNothing = planned.runs.length === 0 && planned.contents === 0;
  const isWanted =
    options["dryRun"] !== true &&
    !isNothing &&
    (options["yes"] === true || (isAsked && (await confirm("Remove them?", console))));
  const done = isWanted ? pruneRecordedRuns(directory, rule, false) : planned;
  if (console.json) {
    const removed = done.runs.map(({ id }) => id);
    const { kept, contents, bytes } = done;
    console.print(renderJson({ schemaVersion: 1, removed, kept, contents, bytes, done: isWanted }));
  } else if (isWanted) console.print(renderPrunedRuns(done, false));
  else if (options["yes"] === true) console.print("Nothing is to be removed.\n");
  return exitCodes.met;
}
