import { ToolError } from "../../model/index.ts";
import { diagnosisOptions, showDiagnosis } from "../show-diagnosis.ts";
import { countOption } from "../count-option.ts";
import { defineCommand } from "../define-command.ts";

export const why = defineCommand({
  name: "why",
  arguments: "<name> [dir]",
  options: [
    { flags: "-n, --repeats <count>", description: "runs that look for a difference first (2)" },
    { flags: "--confirm <count>", description: "runs with only the cause fixed that confirm it (1)" },
    ...diagnosisOptions,
  ],
  examples: ["rung why train", "rung why train --confirm 20", "rung why explore ../paper --json"],
  json: true,
  async run({ words, options, console }) {
    const [name, directory = "."] = words;
    if (name === undefined)
      throw new ToolError("USAGE", "Which command?", { hint: "rung why NAME: a command of the project" });
    const { why: explain } = await import("../../experiments/index.ts");
    const diagnosis = await explain(directory, name, {
      mostRuns: countOption(options, "runs", 30),
      confirm: countOption(options, "confirm", 1),
      repeats: countOption(options, "repeats", 2, 2),
      progress: console.progress,
    });
    return showDiagnosis(diagnosis, directory, options, console);
  },
});
