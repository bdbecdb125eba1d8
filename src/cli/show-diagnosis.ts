import type { Diagnosis } from "../model/index.ts";
import { renderDiagnosis, renderJson } from "../report/index.ts";
import { sourceLines } from "../experiments/index.ts";
import type { Console } from "./console.ts";
import { exitCodes } from "./exit-codes.ts";

/** Prints a diagnosis and gives the exit code: 0 same, 1 different, 3 where the command failed. */
export function showDiagnosis(
  diagnosis: Diagnosis,
  directory: string,
  _options: Readonly<Record<string, unknown>>,
  console: Console,
): number {
  if (console.json) console.print(renderJson(diagnosis));
  else {
    const lineAt = sourceLines(directory);
    console.print(renderDiagnosis(diagnosis, { paint: console.paint, lineAt }));
  }
  return { same: exitCodes.met, different: exitCodes.unmet, failed: exitCodes.commandFailed }[
    diagnosis.verdict
  ];
}
