import { findingText, printable, renderJson } from "../../report/index.ts";
import { defineCommand } from "../define-command.ts";
import { exitCodes } from "../exit-codes.ts";

export const infer = defineCommand({
  name: "infer",
  arguments: "[dir]",
  options: [
    {
      flags: "--environment <path>",
      description:
        "ask this environment which distribution brings a module (the project's own, where it has one)",
    },
    {
      flags: "--every-file",
      description: "read every Python file and notebook, not only what the commands reach",
    },
    { flags: "--undeclared", description: "only what no file of the project declares" },
  ],
  examples: [
    "rung infer",
    "rung infer ../paper --undeclared",
    "rung infer --every-file --environment .venv --json",
  ],
  json: true,
  async run({ words, options, console }) {
    const { inferProject, needsText } = await import("../../inference/index.ts");
    const place = typeof options["environment"] === "string" ? options["environment"] : null;
    const inference = await inferProject(words[0] ?? ".", {
      place,
      undeclared: options["undeclared"] === true,
      everyFile: options["everyFile"] === true,
    });
    if (console.json) {
      console.print(renderJson(inference));
      return exitCodes.met;
    }
    console.print(printable(needsText(inference.needs)));
    if (inference.needs.length === 0) {
      const none =
        options["undeclared"] === true
          ? "nothing was found that is needed and not declared"
          : "nothing was found that is needed";
      const more = options["everyFile"] === true ? "" : "; --every-file reads what no command reaches, too";
      console.remark(`rung: ${none}${more}\n`);
    }
    for (const finding of inference.findings) console.remark(`${findingText(finding, console.paint)}\n`);
    return exitCodes.met;
  },
});
