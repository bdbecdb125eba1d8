import type { Ladder } from "../model/index.ts";
import { renderJson, renderTerminal } from "../report/index.ts";
import type { Console } from "./console.ts";
import type { OptionDefinition } from "./define-command.ts";
import { exitCodes, gate } from "./exit-codes.ts";
import { parseLevel } from "./level-argument.ts";

/** The options of every command that prints a ladder. */
export const ladderOptions: readonly OptionDefinition[] = [
  { flags: "--min <level>", description: "exit with 1 below this level, with 4 where it is unknown" },
  { flags: "--reproduced", description: "with --min: also ask that the committed results are reproduced" },
  { flags: "--verbose", description: "show all evidence and every finding" },
];

/** Prints a ladder and gives the exit code: of the gate where --min is given, else `otherwise`. */
export function showLadder(
  ladder: Ladder,
  options: Readonly<Record<string, unknown>>,
  console: Console,
  otherwise: number = exitCodes.met,
): number {
  const verbose = options["verbose"] === true;
  const min = typeof options["min"] === "string" ? parseLevel(options["min"]) : null;
  console.print(
    console.json ? renderJson(ladder) : renderTerminal(ladder, { paint: console.paint, verbose }),
  );
  if (min === null) return otherwise;
  const reproduced = options["reproduced"] === true;
  const code = gate(ladder, min, reproduced);
  if (code !== exitCodes.met) console.remark(gateText(ladder, min, reproduced));
  return code;
}

/** Why a gate does not open, in one line. */
function gateText(ladder: Ladder, min: number, reproduced: boolean): string {
  const at = ladder.level === null ? "its level is unknown" : `it stands at level ${ladder.level}`;
  const committed = reproduced ? `; committed: ${ladder.committed.verdict}` : "";
  return `rung: the gate (--min ${min}${reproduced ? " --reproduced" : ""}) stays shut: ${at}${committed}\n`;
}
