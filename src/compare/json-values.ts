import type { Difference } from "../model/index.ts";
import { different, maximumDifferences, normalised, withinTolerance, type Result } from "./comparator.ts";
import { differenceAt } from "./excerpt.ts";
import { JsonNumber, isSameDecimal, type ExactJson } from "./formats/exact-json.ts";
import { closeLiterals, type Tolerance } from "./tolerance.ts";

export const jsonFormatting = "json-formatting";

/**
 * Two parsed JSON values, of texts that differ. Only layout, escapes, the order of keys and the spelling of one decimal
 * value are normalised: what a program reads from both is the same.
 */
export function compareJsonValues(
  before: ExactJson,
  after: ExactJson,
  tolerances: readonly Tolerance[],
): Result {
  const differences: Difference[] = [];
  const needed = new Set<string>();
  let differing = 0;
  const note = (where: string, one: ExactJson | undefined, other: ExactJson | undefined): void => {
    differing += 1;
    if (differences.length < maximumDifferences)
      differences.push(differenceAt(where, brief(one), brief(other)));
  };
  const visit = (where: string, one: ExactJson | undefined, other: ExactJson | undefined): void => {
    if (one === other) return;
    if (one instanceof JsonNumber && other instanceof JsonNumber) {
      if (one.source === other.source || isSameDecimal(one.source, other.source)) return;
      const id = closeLiterals(one.source, other.source, tolerances);
      if (id === null) note(where, one, other);
      else needed.add(id);
      return;
    }
    if (isArray(one) && isArray(other)) {
      for (let index = 0; index < Math.max(one.length, other.length); index += 1) {
        visit(`${where}[${index}]`, one[index], other[index]);
      }
      return;
    }
    if (one instanceof Map && other instanceof Map) {
      const [left, right]: ReadonlyMap<string, ExactJson>[] = [one, other];
      for (const key of new Set([...(left?.keys() ?? []), ...(right?.keys() ?? [])])) {
        visit(`${where}.${key}`, left?.get(key), right?.get(key));
      }
      return;
    }
    note(where, one, other);
  };
  visit("$", before, after);
  if (differing > 0) return different(differences, `${differing} values differ`);
  return needed.size > 0 ? withinTolerance([...needed]) : normalised([jsonFormatting]);
}

function isArray(value: ExactJson | undefined): value is readonly ExactJson[] {
  return Array.isArray(value);
}

function brief(value: ExactJson | undefined): string {
  if (value === undefined) return "(missing)";
  if (value instanceof JsonNumber) return value.source;
  if (value === null || typeof value !== "object") return JSON.stringify(value);
  return isArray(value)
    ? `(list of ${value.length})`
    : `(object of ${value instanceof Map ? value.size : 0} keys)`;
}
