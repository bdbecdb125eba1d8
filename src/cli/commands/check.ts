import { defineCommand } from "../define-command.ts";
import { ladderOptions, showLadder } from "../show-ladder.ts";

export const check = defineCommand({
  name: "check",
  arguments: "[dir]",
  options: [
    ...ladderOptions,
    {
      flags: "--online",
      description:
        "ask the package index whether each locked artifact is still served and not yanked, and which modules pinned packages bring",
    },
  ],
  examples: ["rung check", "rung check --min 3 --reproduced", "rung check --online --json"],
  json: true,
  async run({ words, options, console }) {
    const { checkProject } = await import("../../levels/index.ts");
    const ladder = await checkProject(words[0] ?? ".", {
      online: options["online"] === true,
      progress: console.progress,
    });
    return showLadder(ladder, options, console);
  },
});
