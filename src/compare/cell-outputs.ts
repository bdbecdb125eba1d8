import { combine, compareCellData } from "./cell-data.ts";
import {
  different,
  identical,
  normalised,
  placedIn,
  type CompareOptions,
  type Result,
} from "./comparator.ts";
import { compareConsoleText } from "./console-text.ts";
import { differenceAt } from "./excerpt.ts";
import type { CellOutput } from "./formats/notebook.ts";

/**
 * What counts of a cell's outputs: stderr is left out (progress bars, warnings and timings live there), and what one
 * stream wrote in pieces is one text.
 */
export function countedOutputs(outputs: readonly CellOutput[]): readonly CellOutput[] {
  const counted: CellOutput[] = [];
  for (const output of outputs) {
    if (output.type !== "stream") counted.push(output);
    else if (output.name !== "stderr" && output.text !== "") {
      const last = counted.at(-1);
      if (last?.type === "stream" && last.name === output.name) {
        counted[counted.length - 1] = { ...last, text: last.text + output.text };
      } else counted.push(output);
    }
  }
  return counted;
}

/** The outputs of one cell in two runs, in order. */
export async function compareCellOutputs(
  before: readonly CellOutput[],
  after: readonly CellOutput[],
  options: CompareOptions,
): Promise<Result> {
  const [left, right] = [countedOutputs(before), countedOutputs(after)];
  const results: Result[] = [];
  for (let index = 0; index < Math.max(left.length, right.length); index += 1) {
    const [one, other] = [left[index], right[index]];
    const result = await compareOutput(one, other, options);
    const name = Math.max(left.length, right.length) > 1 ? `output ${index + 1}, ` : "";
    results.push(placedIn(name, result));
  }
  if (errorText(before) !== errorText(after)) results.push(normalised(["notebook-stderr"]));
  return combine(results);
}

function compareOutput(
  one: CellOutput | undefined,
  other: CellOutput | undefined,
  options: CompareOptions,
): Result | Promise<Result> {
  if (one?.type === "stream" && other?.type === "stream" && one.name === other.name) {
    return compareConsoleText(one.text, other.text, options);
  }
  if (one?.type === "error" && other?.type === "error") {
    if (one.name !== other.name)
      return different([{ where: "error", before: brief(one), after: brief(other) }]);
    return compareConsoleText(one.text, other.text, options);
  }
  if (one?.type === "data" && other?.type === "data" && one.result === other.result) {
    return compareCellData(one.data, other.data, options);
  }
  return one === other ? identical : different([differenceAt("output", brief(one), brief(other))]);
}

function errorText(outputs: readonly CellOutput[]): string {
  return outputs
    .map((output) => (output.type === "stream" && output.name === "stderr" ? output.text : ""))
    .join("");
}

function brief(output: CellOutput | undefined): string {
  if (output === undefined) return "(none)";
  if (output.type === "stream") return `${output.name}: ${output.text}`;
  if (output.type === "error") return `${output.name}: ${output.text}`;
  return `${output.result ? "result" : "display"} of ${[...output.data.keys()].join(", ")}`;
}
