import { mendChanges, sourceLines } from "../experiments/index.ts";
import type { Diagnosis } from "../model/index.ts";
import { projectRoot, writeChanges } from "../project/index.ts";
import { renderChanges } from "../report/changes.ts";
import { printable, renderDiagnosis, renderJson } from "../report/index.ts";
import { confirm } from "./confirm.ts";
import type { Console } from "./console.ts";
import type { OptionDefinition } from "./define-command.ts";
import { exitCodes } from "./exit-codes.ts";

/** The options of every command that prints a diagnosis. */
export const diagnosisOptions: readonly OptionDefinition[] = [
  { flags: "--runs <count>", description: "runs at most (30)" },
  { flags: "--apply", description: "make the confirmed mends in the project's files, after asking" },
  { flags: "--yes", description: "with --apply: without asking" },
];

/** Prints a diagnosis, makes its mends where asked, and gives the exit code: 0 same, 1 different, 3 failed, 4 not known. */
export async function showDiagnosis(
  diagnosis: Diagnosis,
  directory: string,
  options: Readonly<Record<string, unknown>>,
  console: Console,
): Promise<number> {
  if (console.json) console.print(renderJson(diagnosis));
  else {
    const lineAt = sourceLines(directory);
    console.print(renderDiagnosis(diagnosis, { paint: console.paint, lineAt }));
  }
  if (options["apply"] === true) await applyMends(diagnosis, directory, options["yes"] === true, console);
  if (diagnosis.undecided === true) return exitCodes.unknown;
  return { same: exitCodes.met, different: exitCodes.unmet, failed: exitCodes.commandFailed }[
    diagnosis.verdict
  ];
}

async function applyMends(
  { causes }: Diagnosis,
  directory: string,
  agreed: boolean,
  console: Console,
): Promise<void> {
  const { changes, unfit } = mendChanges(directory, causes);
  for (const mend of unfit) console.tell(printable(`Left to you, the file has changed: ${mend}\n`));
  if (changes.length === 0) {
    console.tell("No confirmed mend to make.\n");
    return;
  }
  console.tell(`\n${renderChanges(changes, console.paint)}\n`);
  if (agreed || (await confirm("Make these changes?", console)))
    writeChanges(projectRoot(directory), changes);
}
