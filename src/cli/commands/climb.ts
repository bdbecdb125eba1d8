import { sizeText, type Change } from "../../model/index.ts";
import { renderChanges } from "../../report/changes.ts";
import { printable, renderJson } from "../../report/index.ts";
import { confirm } from "../confirm.ts";
import type { Console } from "../console.ts";
import { defineCommand } from "../define-command.ts";
import { exitCodes, gate } from "../exit-codes.ts";
import { highestLevel, levelAndDirectory } from "../level-argument.ts";
import { showLadder } from "../show-ladder.ts";
import { announce, repeatsOf } from "./prove.ts";

export const climb = defineCommand({
  name: "climb",
  arguments: "[level] [dir]",
  options: [
    { flags: "--yes", description: "make every change without asking" },
    {
      flags: "--refresh-results",
      description: "also replace committed results that the runs give otherwise",
    },
    { flags: "--dry-run", description: "show the changes and make none" },
    { flags: "--commit", description: "commit the changed files; otherwise they are staged" },
    {
      flags: "--platform <names...>",
      description: "lock for these platforms only (linux-x86_64, macos-arm64, …)",
    },
    { flags: "-n, --repeats <count>", description: "runs of each command at level 0" },
    { flags: "--verbose", description: "show all evidence and every finding" },
  ],
  examples: [
    "rung climb 3",
    "rung climb 3 --dry-run",
    "rung climb 5 --yes",
    "rung climb 2 ../paper --yes --commit",
  ],
  json: true,
  async run({ words, options, console }) {
    const { climbProject } = await import("../../levels/index.ts");
    const { level, directory } = levelAndDirectory(words);
    const dryRun = options["dryRun"] === true;
    const result = await climbProject(directory, {
      upTo: level,
      repeats: repeatsOf(options["repeats"]),
      progress: console.progress,
      onProof: (proof) => announce(proof, console),
      accept: (order, changes) => accept(order, changes, options["yes"] === true || dryRun, console),
      refreshResults: options["refreshResults"] === true,
      dryRun,
      commit: options["commit"] === true,
      platforms: (options["platform"] as readonly string[] | undefined) ?? [],
    });
    if (console.json) {
      const { ladder, ...rest } = result;
      console.print(renderJson({ ...ladder, ...rest }));
    } else {
      showLadder(result.ladder, options, console);
      for (const task of result.left) console.tell(printable(`Left to you: ${task}\n`));
      if (result.archive !== null) console.tell(printable(`\nArchive for others: ${result.archive.path}\n`));
      for (const { what, path, bytes, digest } of result.made)
        console.tell(printable(`The ${what}: ${path} (${sizeText(bytes)}, ${digest})\n`));
    }
    return dryRun
      ? exitCodes.met
      : gate(result.ladder, level ?? Math.min(result.ladder.project.target, highestLevel), false);
  },
});

async function accept(
  level: number,
  changes: readonly Change[],
  agreed: boolean,
  console: Console,
): Promise<boolean> {
  console.tell(
    `${console.paint.bold(level === 0 ? "To stand at level 0" : `Lift to level ${level}`)}\n\n${renderChanges(changes, console.paint)}\n`,
  );
  return agreed || confirm(`Make these changes?`, console);
}
