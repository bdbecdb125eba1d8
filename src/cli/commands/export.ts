import { printable, renderJson } from "../../report/index.ts";
import { defineCommand } from "../define-command.ts";
import { exitCodes } from "../exit-codes.ts";
import { version } from "../version.ts";

export const exportLock = defineCommand({
  name: "export",
  arguments: "[dir]",
  options: [
    {
      flags: "--format <format>",
      description:
        "requirements (with hashes), environment (conda's environment.yml), cyclonedx (an SBOM), pylock",
    },
    { flags: "-o, --output <file>", description: "the file to write; standard output where left out" },
    { flags: "--force", description: "replace the output where it is there already" },
  ],
  examples: [
    "rung export --format requirements -o requirements.lock.txt",
    "rung export ../paper --format cyclonedx -o sbom.cdx.json",
    "rung export --format environment",
  ],
  json: true,
  async run({ words, options, console }) {
    const { exportFormatOf } = await import("../../lock/index.ts");
    const format = exportFormatOf(options["format"] ?? "requirements");
    const { exportProject } = await import("../../levels/handover.ts");
    const output = typeof options["output"] === "string" ? options["output"] : null;
    const made = await exportProject(words[0] ?? ".", {
      format,
      output,
      replace: options["force"] === true,
      toolVersion: version(),
      progress: console.progress,
    });
    for (const finding of made.findings) console.tell(printable(`${finding.severity}: ${finding.message}\n`));
    if (console.json) {
      const { path, origin, findings, text } = made;
      console.print(renderJson({ format, path, origin, findings, ...(path === null ? { text } : {}) }));
    } else
      console.print(printable(made.path === null ? made.text : `wrote ${made.path}, from ${made.origin}\n`));
    return exitCodes.met;
  },
});
