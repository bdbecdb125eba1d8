import type { SwapCause, SwapDiagnosis } from "../experiments/index.ts";
import type { Paint } from "./paint.ts";
import { printableRecord } from "./printable.ts";

/** Why two recorded runs differ, for people: which parts make the difference, each by an experiment. */
export function renderSwap(diagnosis: SwapDiagnosis, paint: Paint): string {
  const { one, other, command, verdict, runs, outputs, causes, together, notes } = printableRecord(diagnosis);
  const [a, b] = [one.slice(0, 8), other.slice(0, 8)];
  const after = `after ${runs} ${runs === 1 ? "run" : "runs"}`;
  const head =
    verdict === "same"
      ? `${paint.green(`${command}: ${a} and ${b} are the same`)}, ${after}`
      : `${paint.red(`${command}: ${a} and ${b} differ`)} in ${outputs.join(", ")}, ${after}`;
  const several = causes.length > 1 && causes.every(({ alone }) => !alone);
  const all =
    several && together !== null
      ? [together ? `  together they give all of ${b}` : `  together they do not yet give all of ${b}`]
      : [];
  const lines = [head, ...causes.flatMap((cause) => causeLines(cause, a, b, paint)), ...all, ...notes];
  return `${lines.join("\n")}\n`;
}

function causeLines(cause: SwapCause, a: string, b: string, paint: Paint): readonly string[] {
  const { parts, outputs, confirmed, explains, alone } = cause;
  const which = parts.join(" with ");
  if (!confirmed) return [`  ${paint.bold(which)}: a suspect; no run with it could be made`];
  const shown = alone
    ? `${a} with this alone of ${b} gives all of ${b}`
    : explains
      ? `${a} with this alone of ${b} gives ${outputs.join(", ")} of ${b}`
      : `${a} with this alone of ${b} gives another ${outputs.join(", ")}, and not yet that of ${b}`;
  return [`  ${paint.bold(which)}`, `    ${shown}`];
}
