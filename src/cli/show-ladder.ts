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
  return min === null ? otherwise : gate(ladder, min, options["reproduced"] === true);
}
