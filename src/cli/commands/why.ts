import { ToolError } from "../../model/index.ts";
import { renderJson, renderSwap } from "../../report/index.ts";
import { diagnosisOptions, showDiagnosis } from "../show-diagnosis.ts";
import { countOption } from "../count-option.ts";
import { defineCommand } from "../define-command.ts";
import { exitCodes } from "../exit-codes.ts";
import { runsAndFolder } from "../two-runs.ts";

export const why = defineCommand({
  name: "why",
  arguments: "<name> [other] [dir]",
  options: [
    { flags: "-n, --repeats <count>", description: "runs that look for a difference first (2)" },
    { flags: "--confirm <count>", description: "runs with only the cause fixed that confirm it (1)" },
    ...diagnosisOptions,
  ],
  examples: [
    "rung why train",
    "rung why train --confirm 20",
    "rung why explore ../paper --json",
    "rung why 54e57e13 9f39966a",
  ],
  json: true,
  async run({ words, options, console }) {
    const { runs, directory } = runsAndFolder(words);
    const [name, other] = runs;
    if (name === undefined)
      throw new ToolError("USAGE", "Which command?", { hint: "rung why NAME: a command of the project" });
    const { why: explain, whyRuns } = await import("../../experiments/index.ts");
    if (other !== undefined) {
      const mostRuns = countOption(options, "runs", 30);
      const found = await whyRuns(directory, name, other, { mostRuns, progress: console.progress });
      console.print(console.json ? renderJson(found) : renderSwap(found, console.paint));
      return found.verdict === "same" ? exitCodes.met : exitCodes.unmet;
    }
    const diagnosis = await explain(directory, name, {
      mostRuns: countOption(options, "runs", 30),
      confirm: countOption(options, "confirm", 1),
      repeats: countOption(options, "repeats", 2, 2),
      progress: console.progress,
    });
    return showDiagnosis(diagnosis, directory, options, console);
  },
});
