import { defineCommand } from "../define-command.ts";
import { exitCodes } from "../exit-codes.ts";
import { parseLevel } from "../level-argument.ts";
import { showLadder, ladderOptions } from "../show-ladder.ts";

export const status = defineCommand({
  name: "status",
  arguments: "[dir]",
  options: ladderOptions,
  examples: ["rung", "rung status ../paper --json", "rung status --min 3"],
  json: true,
  async run({ words, options, console }) {
    const { statusOf } = await import("../../levels/status.ts");
    const ladder = await statusOf(words[0] ?? ".");
    if (ladder !== null) return showLadder(ladder, options, console);
    if (typeof options["min"] === "string") parseLevel(options["min"]);
    if (!console.json) {
      console.print(
        "Nothing is known of this project yet.\n\n  rung check   reads its files and says what each level lacks\n  rung prove   runs it and proves the levels\n",
      );
      return options["min"] === undefined ? exitCodes.met : exitCodes.unknown;
    }
    const { checkProject } = await import("../../levels/index.ts");
    return showLadder(
      await checkProject(words[0] ?? ".", { online: false, progress: () => {} }),
      options,
      console,
    );
  },
});
