import { different, identical, withinTolerance, type Result } from "./comparator.ts";
import { compareLines } from "./line-differences.ts";
import type { Tolerance } from "./tolerance.ts";

/** Compares a data file's text: nothing in it is normalised. */
export function compareDataText(before: string, after: string, tolerances: readonly Tolerance[]): Result {
  if (before === after) return identical;
  const found = compareLines(before, after, tolerances);
  if (found.differing === 0) return withinTolerance([...found.tolerances]);
  return different(found.differences, `${found.differing} of ${found.lines} lines differ`);
}
