import { ToolError } from "../../model/index.ts";
import { printable, renderJson } from "../../report/index.ts";
import { defineCommand } from "../define-command.ts";
import { exitCodes } from "../exit-codes.ts";

const formats = ["zip", "tar.gz", "tar.zst"] as const;

export const archive = defineCommand({
  name: "archive",
  arguments: "[dir]",
  options: [
    { flags: "-o, --output <file>", description: "the file to write; its ending says the format" },
    { flags: "--format <format>", description: `${formats.join(", ")} (zip where nothing says otherwise)` },
  ],
  examples: ["rung archive", "rung archive -o ../paper.tar.zst", "rung archive --format tar.gz --json"],
  json: true,
  async run({ words, options, console }) {
    const { archiveProject } = await import("../../levels/handover.ts");
    const output = typeof options["output"] === "string" ? options["output"] : null;
    const written = await archiveProject(words[0] ?? ".", {
      format: formatOf(options["format"], output),
      output,
    });
    if (console.json) {
      console.print(renderJson(written));
      return exitCodes.met;
    }
    for (const finding of written.findings)
      console.tell(printable(`${finding.severity}: ${finding.message}\n`));
    console.print(
      printable(`${written.path}\n${written.files} files, ${written.size} bytes, sha256 ${written.sha256}\n`),
    );
    return exitCodes.met;
  },
});

function formatOf(option: unknown, output: string | null): (typeof formats)[number] {
  const wanted =
    option ??
    formats.find((format) => output?.endsWith(`.${format}`)) ??
    (output === null ? "zip" : undefined);
  const format = formats.find((known) => known === wanted);
  if (format !== undefined) return format;
  throw new ToolError("USAGE", `"${String(option ?? output)}" names no archive format`, {
    hint: `Give --format, or an output that ends in ${formats.map((known) => `.${known}`).join(", ")}.`,
  });
}
