import { ToolError } from "../../model/index.ts";
import { renderChanges } from "../../report/changes.ts";
import { renderJson } from "../../report/index.ts";
import { confirm } from "../confirm.ts";
import { defineCommand } from "../define-command.ts";
import { exitCodes } from "../exit-codes.ts";

export const init = defineCommand({
  name: "init",
  arguments: "[dir]",
  options: [
    { flags: "--yes", description: "write it without asking" },
    { flags: "--dry-run", description: "show it only" },
  ],
  examples: ["rung init", "rung init --dry-run", "rung init ../paper --yes"],
  json: true,
  async run({ words, options, console }) {
    const { draftConfig, writeDraft } = await import("../../levels/handover.ts");
    const draft = await draftConfig(words[0] ?? ".");
    if (draft.exists) {
      throw new ToolError("USAGE", "The project has its configuration already", {
        hint: "Edit it; rung check says what it lacks.",
      });
    }
    console.tell(`${renderChanges([draft], console.paint)}\n`);
    const write =
      options["dryRun"] !== true && (options["yes"] === true || (await confirm("Write rung.toml?", console)));
    if (write) writeDraft(words[0] ?? ".", draft);
    if (console.json) console.print(renderJson({ path: draft.path, written: write, text: draft.after }));
    else console.print(write ? `wrote ${draft.path}\n` : "nothing written\n");
    return exitCodes.met;
  },
});
