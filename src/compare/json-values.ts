import type { Difference } from "../model/index.ts";
import { different, maximumDifferences, normalised, withinTolerance, type Result } from "./comparator.ts";
import { differenceAt } from "./excerpt.ts";
import { differentOrders } from "./order.ts";
import { JsonNumber, isSameDecimal, type ExactJson } from "./formats/exact-json.ts";
import { closeLiterals, type Tolerance } from "./tolerance.ts";

type Fields = ReadonlyMap<string, ExactJson>;

export const jsonFormatting = "json-formatting";

/**
 * Two parsed JSON values, of texts that differ. In a data file ("as written") layout and escapes alone are normalised:
 * some reader sees the order of keys, and how a number is written. In a notebook ("as values") neither counts, since
 * nbformat sorts the keys whenever it writes.
 */
export function compareJsonValues(
  before: ExactJson,
  after: ExactJson,
  tolerances: readonly Tolerance[],
  kept: "as written" | "as values",
): Result {
  const differences: Difference[] = [];
  const needed = new Set<string>();
  let differing = 0;
  const note = (where: string, one: ExactJson | undefined, other: ExactJson | undefined): void => {
    differing += 1;
    if (differences.length < maximumDifferences)
      differences.push(differenceAt(where, brief(one), brief(other)));
  };
  const noteOrder = (where: string, one: Fields, other: Fields): void => {
    const orders = differentOrders([...one.keys()], [...other.keys()]);
    if (orders === null) return;
    differing += 1;
    if (differences.length < maximumDifferences)
      differences.push(differenceAt(`order of keys in ${where}`, orders.before, orders.after));
  };
  const visit = (where: string, one: ExactJson | undefined, other: ExactJson | undefined): void => {
    if (one === other) return;
    if (one instanceof JsonNumber && other instanceof JsonNumber) {
      if (one.source === other.source) return;
      if (kept === "as values" && isSameDecimal(one.source, other.source)) return;
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
      const [left, right]: [Fields, Fields] = [one, other];
      if (kept === "as written") noteOrder(where, left, right);
      for (const key of new Set([...left.keys(), ...right.keys()])) {
        visit(`${where}.${key}`, left.get(key), right.get(key));
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
