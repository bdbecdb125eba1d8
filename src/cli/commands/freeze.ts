import { ToolError } from "../../model/index.ts";
import { findingText, printable, renderJson } from "../../report/index.ts";
import { writeOutput } from "../../system/index.ts";
import { defineCommand } from "../define-command.ts";
import { exitCodes } from "../exit-codes.ts";

export const freeze = defineCommand({
  name: "freeze",
  arguments: "[dir]",
  options: [
    {
      flags: "--environment <path>",
      description: "the folder of a virtual or conda environment, or a python",
    },
    { flags: "--kernel <name>", description: "the environment of a Jupyter kernel" },
    { flags: "--all", description: "everything that is installed, not only what the commands need" },
    {
      flags: "--format <format>",
      description: "requirements (pip's) or environment (conda's environment.yml)",
    },
    { flags: "-o, --output <file>", description: "write it there instead of printing it" },
    { flags: "--force", description: "replace the output where it is there already" },
  ],
  examples: [
    "rung freeze",
    "rung freeze --environment .venv -o requirements.txt",
    "rung freeze ../paper --kernel analysis --format environment",
    "rung freeze --all --json",
  ],
  json: true,
  async run({ words, options, console }) {
    const { freezeProject, frozenFormats, frozenText } = await import("../../inference/index.ts");
    const text = (key: string): string | null => (typeof options[key] === "string" ? options[key] : null);
    const format = frozenFormats.find((known) => known === (text("format") ?? "requirements"));
    if (format === undefined) {
      throw new ToolError("USAGE", `"${text("format") ?? ""}" is no format`, {
        hint: `Give one of ${frozenFormats.join(", ")}.`,
      });
    }
    const { project, frozen } = await freezeProject(words[0] ?? ".", {
      place: text("environment"),
      kernel: text("kernel"),
      all: options["all"] === true,
    });
    const output = text("output");
    const written = frozenText(frozen, format, project.name);
    if (output !== null) writeOutput(output, written, options["force"] === true);
    if (console.json) console.print(renderJson({ ...frozen, output }));
    else console.print(printable(output === null ? written : `wrote ${output}\n`));
    if (frozen.direct.length + frozen.recursive.length === 0)
      console.remark("rung: nothing that is installed is needed; --all pins everything that is there\n");
    for (const finding of frozen.findings) console.remark(`${findingText(finding, console.paint)}\n`);
    return exitCodes.met;
  },
});
