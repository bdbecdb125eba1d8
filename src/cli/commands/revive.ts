import { renderChanges } from "../../report/changes.ts";
import { printable, renderJson, renderRevival, renderStep } from "../../report/index.ts";
import { ToolError } from "../../model/index.ts";
import { confirm } from "../confirm.ts";
import { defineCommand } from "../define-command.ts";
import { exitCodes } from "../exit-codes.ts";

export const revive = defineCommand({
  name: "revive",
  arguments: "[dir|archive|git-url]",
  options: [
    { flags: "--entry <lines...>", description: "what to run: shell lines, or nb:PATH for a notebook" },
    { flags: "--as-of <date>", description: "the day that counts, in the place of the project's own" },
    { flags: "--rounds <count>", description: "how often to run, read the failure and mend (8)" },
    { flags: "--timeout <seconds>", description: "time limit of each entry (900)" },
    { flags: "--allow-builds", description: "build packages from source where no wheel serves" },
    { flags: "--into <folder>", description: "where an archive or a clone goes (./NAME)" },
    { flags: "--yes", description: "write every change without asking" },
    { flags: "--verbose", description: "show every finding, and what differs from what was committed" },
    { flags: "--dry-run", description: "show the changes and write none" },
  ],
  examples: [
    "rung revive",
    "rung revive ../paper-2019 --as-of 2019-06-30",
    "rung revive https://example.org/lab/paper.git --into paper --yes",
    "rung revive paper.zip --entry 'python train.py' nb:figures.ipynb",
  ],
  json: true,
  async run({ words, options, console }) {
    const { obtainProject, reviveProject, writeRevival } = await import("../../revive/index.ts");
    const directory = await obtainProject(words[0] ?? ".", textOf(options["into"]), console.progress);
    const revival = await reviveProject(directory, {
      ...(options["entry"] === undefined ? {} : { entries: options["entry"] as readonly string[] }),
      asOf: dateOf(options["asOf"]),
      rounds: countOf("--rounds", options["rounds"], 8),
      timeoutSeconds: countOf("--timeout", options["timeout"], 900),
      allowBuilds: options["allowBuilds"] === true,
      progress: console.progress,
      onStep: (step) => console.tell(renderStep(step, console.paint)),
    });
    const dryRun = options["dryRun"] === true;
    if (console.json) console.print(renderJson(revival));
    else
      console.print(
        `\n${renderRevival(revival, { paint: console.paint, verbose: options["verbose"] === true })}`,
      );
    if (revival.changes.length > 0) {
      console.tell(`\n${renderChanges(revival.changes, console.paint)}\n`);
      // The work is done: where nobody can be asked it is shown, and not thrown away for a missing --yes.
      const isAsked = !dryRun && options["yes"] !== true && console.interactive;
      const isAgreed = isAsked
        ? await confirm("Write these files?", console)
        : options["yes"] === true && !dryRun;
      if (isAgreed) {
        await writeRevival(revival);
        const where = words[0] === undefined ? "" : ` ${printable(directory)}`;
        console.tell(
          `Written. Prove it: rung prove${where === "" ? "" : ` 2${where}`}; rung climb 3${where} does the rest.\n`,
        );
      } else if (!isAsked && !dryRun) console.tell("Nothing was written: --yes writes these files.\n");
    }
    return revival.entries.every(({ ran }) => ran) ? exitCodes.met : exitCodes.unmet;
  },
});

const textOf = (value: unknown): string | null => (typeof value === "string" ? value : null);

function countOf(flag: string, value: unknown, otherwise: number): number {
  if (value === undefined) return otherwise;
  const count = Number(value);
  if (Number.isInteger(count) && count > 0) return count;
  throw new ToolError("USAGE", `${flag} ${String(value)} is no number above 0`, {
    hint: `Give a whole number: ${flag} ${otherwise}.`,
  });
}

function dateOf(value: unknown): string | null {
  if (value === undefined) return null;
  const text = String(value);
  if (/^\d{4}-\d{2}-\d{2}(?:T[\d:.]+Z)?$/u.test(text) && !Number.isNaN(Date.parse(text))) return text;
  throw new ToolError("USAGE", `--as-of ${text} is no date`, { hint: "Write it as 2019-06-30." });
}
