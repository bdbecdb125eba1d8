import { ToolError } from "../../model/index.ts";
import { renderJson, renderRepetition } from "../../report/index.ts";
import { countOption } from "../count-option.ts";
import { defineCommand } from "../define-command.ts";
import { exitCodes } from "../exit-codes.ts";

export const repeat = defineCommand({
  name: "repeat",
  arguments: "<name> [dir]",
  options: [
    { flags: "-n, --repeats <count>", description: "runs, at least two (5)" },
    { flags: "--jobs <count>", description: "runs at the same time (1)" },
  ],
  examples: ["rung repeat train", "rung repeat train -n 20 --jobs 2", "rung repeat explore ../paper --json"],
  json: true,
  async run({ words, options, console }) {
    const [name, directory = "."] = words;
    if (name === undefined) throw new ToolError("USAGE", "Which command?", { hint: "rung repeat NAME -n 5" });
    const { repeat: repeated } = await import("../../experiments/index.ts");
    const found = await repeated(directory, name, {
      runs: countOption(options, "repeats", 5, 2),
      jobs: countOption(options, "jobs", 1),
      progress: console.progress,
    });
    console.print(console.json ? renderJson(found) : renderRepetition(found, console.paint));
    return {
      same: exitCodes.met,
      different: exitCodes.unmet,
      "nothing-to-compare": exitCodes.unknown,
      failed: exitCodes.commandFailed,
    }[found.verdict];
  },
});
