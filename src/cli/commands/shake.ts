import { ToolError } from "../../model/index.ts";
import { countOption } from "../count-option.ts";
import { defineCommand } from "../define-command.ts";
import { diagnosisOptions, showDiagnosis } from "../show-diagnosis.ts";

export const shake = defineCommand({
  name: "shake",
  arguments: "<name> [dir]",
  options: [
    { flags: "--choices <count>", description: "other values of everything that are tried, 1 to 3 (2)" },
    ...diagnosisOptions,
  ],
  examples: ["rung shake train", "rung shake explore ../paper --json"],
  json: true,
  async run({ words, options, console }) {
    const [name, directory = "."] = words;
    if (name === undefined)
      throw new ToolError("USAGE", "Which command?", { hint: "rung shake NAME: a command of the project" });
    const { shake: look } = await import("../../experiments/index.ts");
    const diagnosis = await look(directory, name, {
      mostRuns: countOption(options, "runs", 30),
      choices: Math.min(countOption(options, "choices", 2), 3),
      progress: console.progress,
    });
    return showDiagnosis(diagnosis, directory, options, console);
  },
});
