import { printable, renderJson } from "../../report/index.ts";
import { defineCommand } from "../define-command.ts";
import { exitCodes } from "../exit-codes.ts";

export const lock = defineCommand({
  name: "lock",
  arguments: "[dir]",
  options: [
    {
      flags: "--upgrade",
      description: "take the newest versions that the spec allows, not those of the present lock",
    },
    {
      flags: "--platform <names...>",
      description: "write a pylock.toml for these platforms only (linux-x86_64, macos-arm64, …)",
    },
  ],
  examples: ["rung lock", "rung lock --upgrade", "rung lock --platform linux-x86_64 macos-arm64"],
  json: true,
  async run({ words, options, console }) {
    const { lockProject } = await import("../../levels/handover.ts");
    const change = await lockProject(words[0] ?? ".", {
      platforms: (options["platform"] as readonly string[] | undefined) ?? [],
      upgrade: options["upgrade"] === true,
      progress: console.progress,
    });
    const written = change.after !== change.before;
    if (console.json) console.print(renderJson({ path: change.path, written, summary: change.why }));
    else console.print(printable(`${written ? "wrote" : "unchanged:"} ${change.path}: ${change.why}\n`));
    return exitCodes.met;
  },
});
