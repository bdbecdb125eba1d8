import { sizeText, ToolError } from "../../model/index.ts";
import { printable, renderJson } from "../../report/index.ts";
import { defineCommand } from "../define-command.ts";
import { exitCodes } from "../exit-codes.ts";

const formats = ["tar.zst", "tar.gz", "zip"] as const;

export const pack = defineCommand({
  name: "pack",
  arguments: "[dir]",
  options: [
    {
      flags: "-o, --output <file>",
      description: `the file to write; it ends in ${formats.map((one) => `.${one}`).join(", ")}`,
    },
    {
      flags: "--platform <names...>",
      description: "pack for these platforms (linux-x86_64, linux-aarch64, …)",
    },
    { flags: "--since <pack>", description: "write only what differs from this earlier pack" },
    {
      flags: "--apply <delta>",
      description: "with --since and -o: make the later pack from the earlier one and a delta",
    },
    { flags: "--allow-builds", description: "build a wheel, confined, of a package that has none" },
  ],
  examples: [
    "rung pack",
    "rung pack -o ../paper.tar.zst --json",
    "rung pack --platform linux-x86_64 linux-aarch64",
    "rung pack --since ../paper.tar.zst -o ../paper-2.delta.tar.zst",
    "rung pack --since ../paper.tar.zst --apply ../paper-2.delta.tar.zst -o ../paper-2.tar.zst",
  ],
  json: true,
  async run({ words, options, console }) {
    const { applyDelta, packProject } = await import("../../levels/pack.ts");
    const output = textOf(options["output"]);
    const since = textOf(options["since"]);
    const delta = textOf(options["apply"]);
    if (delta !== null) {
      if (since === null || output === null) {
        throw new ToolError("USAGE", "--apply needs --since with the earlier pack, and -o", {
          hint: "rung pack --since EARLIER --apply DELTA -o LATER",
        });
      }
      const made = await applyDelta(since, delta, output, formatOf(output), console.progress);
      console.print(
        console.json
          ? renderJson(made)
          : printable(`${made.path}\n${sizeText(made.bytes)}, sha256 ${made.sha256}\n`),
      );
      return exitCodes.met;
    }
    const platforms = (options["platform"] as readonly string[] | undefined) ?? [];
    const packs = await packProject(words[0] ?? ".", {
      platforms,
      output,
      format: formatOf(output),
      since,
      allowBuilds: options["allowBuilds"] === true,
      progress: console.progress,
    });
    for (const { findings } of packs) {
      for (const { severity, message, file, line, fix } of findings) {
        const place = file === null ? "" : `${file}${line === null ? "" : `:${line}`}: `;
        console.tell(printable(`${severity}: ${place}${message}\n${fix === null ? "" : `  fix: ${fix}\n`}`));
      }
    }
    if (console.json) console.print(renderJson(platforms.length > 1 ? packs : packs[0]));
    else {
      for (const one of packs) {
        if (one.path === null) console.print(`not built: ${one.platform}\n`);
        else {
          const files =
            "since" in one ? `${one.files} files other than in ${one.since}` : `${one.files} files`;
          const what = `${one.platform}, Python ${one.python}, ${one.wheels} packages, ${files}`;
          console.print(printable(`${one.path}\n${what}, ${sizeText(one.bytes)}, sha256 ${one.sha256}\n`));
        }
      }
    }
    return packs.every(({ path }) => path !== null) ? exitCodes.met : exitCodes.unmet;
  },
});

const textOf = (option: unknown): string | null => (typeof option === "string" ? option : null);

function formatOf(output: string | null): (typeof formats)[number] {
  if (output === null) return "tar.zst";
  const format = formats.find((known) => output.endsWith(`.${known}`));
  if (format !== undefined) return format;
  throw new ToolError("USAGE", `"${output}" names no kind of archive`, {
    hint: `Give a file that ends in ${formats.map((known) => `.${known}`).join(", ")}.`,
  });
}
