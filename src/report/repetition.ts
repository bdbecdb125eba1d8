import type { Repetition } from "../experiments/index.ts";
import type { Paint } from "./paint.ts";
import { printable } from "./printable.ts";

/** What repeating a command showed, for people: a line for each output, then what it comes to. */
export function renderRepetition(found: Repetition, paint: Paint): string {
  const { outputs, runs, command, verdict, confidence } = found;
  const width = Math.max(0, ...outputs.map(({ output }) => output.length));
  const later = runs - 1;
  const lines = outputs.map(({ output, counts, difference, rules, verdict: worst }) => {
    const parts = (["identical", "normalised", "tolerance", "different"] as const)
      .filter((name) => counts[name] > 0)
      .map((name) => `${name} in ${counts[name]} of ${later}`);
    const by = rules.length === 0 ? "" : ` (${rules.join(", ")})`;
    const where =
      difference === null
        ? ""
        : `; first at ${difference.where}: ${difference.before} became ${difference.after}`;
    const text = `  ${output.padEnd(width)}  ${parts.join(", ")}${by}${where}`;
    return worst === "different" ? paint.red(printable(text)) : printable(text);
  });
  return [
    `${printable(command)}: ${runs} ${runs === 1 ? "run" : "runs"} in fresh copies`,
    ...lines,
    ...verdictText(),
  ]
    .map((line) => `${line}\n`)
    .join("");

  function verdictText(): readonly string[] {
    switch (verdict) {
      case "same":
        return [`${paint.green("same")}: ${confidence?.text ?? ""}`];
      case "different": {
        const failures = found.failed === 0 ? "" : `, ${found.failed} failed`;
        return [
          `${paint.red("different")}: ${found.differing} of ${later} later runs differ from the first${failures}`,
          `  hint: rung why ${printable(command)}`,
        ];
      }
      case "nothing-to-compare":
        return ["it left nothing to compare: no content in a file, nothing printed"];
      case "failed":
        return [`${paint.red("failed")}${found.errorTail === "" ? "" : `:\n${printable(found.errorTail)}`}`];
    }
  }
}
