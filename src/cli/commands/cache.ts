import { ToolError } from "../../model/index.ts";
import { renderCache, renderJson, renderPrunedCache } from "../../report/index.ts";
import { cacheDirectory } from "../../system/index.ts";
import { confirm } from "../confirm.ts";
import type { Console } from "../console.ts";
import { countOption } from "../count-option.ts";
import { defineCommand } from "../define-command.ts";
import { exitCodes } from "../exit-codes.ts";

const usualDays = 30;

export const cache = defineCommand({
  name: "cache",
  arguments: "",
  options: [
    { flags: "--prune", description: "remove what was not used for 30 days; after asking" },
    { flags: "--older-than <days>", description: "with --prune: so many days instead" },
    { flags: "--downloads", description: "with --prune: all downloads of packages, too" },
    { flags: "--dry-run", description: "with --prune: say what would go, and remove nothing" },
    { flags: "--yes", description: "with --prune: without asking" },
  ],
  examples: ["rung cache", "rung cache --prune", "rung cache --prune --older-than 7 --downloads --yes"],
  json: true,
  async run({ options, console }) {
    if (options["prune"] === true) return prune(options, console);
    for (const name of ["olderThan", "downloads", "dryRun", "yes"])
      if (options[name] !== undefined)
        throw new ToolError("USAGE", "That is for --prune", { hint: "rung cache --prune --older-than 30" });
    const { cacheUse } = await import("../../environments/index.ts");
    const folder = cacheDirectory();
    const use = cacheUse();
    console.print(
      console.json ? renderJson({ schemaVersion: 1, folder, kinds: use }) : renderCache(folder, use),
    );
    return exitCodes.met;
  },
});

async function prune(options: Readonly<Record<string, unknown>>, console: Console): Promise<number> {
  const { pruneCache } = await import("../../environments/index.ts");
  const pruning = {
    olderThanDays: countOption(options, "older-than", usualDays, 1, "number of days"),
    downloads: options["downloads"] === true,
    progress: console.progress,
  };
  const isDry = options["dryRun"] === true || (console.json && options["yes"] !== true);
  if (isDry || options["yes"] !== true) {
    const planned = await pruneCache({ ...pruning, isDry: true });
    if (console.json) console.print(renderJson({ schemaVersion: 1, pruned: planned, done: false }));
    else console.print(renderPrunedCache(planned, true));
    if (isDry || !(await confirm("Remove them?", console))) return exitCodes.met;
  }
  const pruned = await pruneCache({ ...pruning, isDry: false });
  console.print(
    console.json ? renderJson({ schemaVersion: 1, pruned, done: true }) : renderPrunedCache(pruned, false),
  );
  return exitCodes.met;
}
