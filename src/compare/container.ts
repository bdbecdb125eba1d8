import type { Difference, Sameness } from "../model/index.ts";
import {
  different,
  normalised,
  placedIn,
  withinTolerance,
  type CompareOptions,
  type Result,
} from "./comparator.ts";
import { differenceAt } from "./excerpt.ts";
import { differentOrders } from "./order.ts";

/**
 * Two containers that differ as bytes, by their members. Members that are all identical, in the same order, leave
 * only the container's own layout, which `layoutRule` names.
 */
export async function compareMembers(
  before: ReadonlyMap<string, Uint8Array>,
  after: ReadonlyMap<string, Uint8Array>,
  layoutRule: string,
  options: CompareOptions,
): Promise<Result> {
  const differences: Difference[] = [];
  const measures: string[] = [];
  const rules = new Set<string>([layoutRule]);
  let worst: Sameness = "normalised";
  const orders = differentOrders([...before.keys()], [...after.keys()]);
  if (orders !== null) {
    worst = "different";
    differences.push(differenceAt("order of members", orders.before, orders.after));
  }
  for (const name of [...new Set([...before.keys(), ...after.keys()])].sort()) {
    const [one, other] = [before.get(name), after.get(name)];
    if (one === undefined || other === undefined) {
      worst = "different";
      differences.push({
        where: name,
        before: one === undefined ? "(missing)" : "(there)",
        after: other === undefined ? "(missing)" : "(there)",
      });
      continue;
    }
    const outcome = await options.inner(name, one, other);
    for (const rule of outcome.rules) rules.add(rule);
    differences.push(...placedIn(`${name}: `, outcome).differences);
    if (outcome.measure !== null) measures.push(`${name}: ${outcome.measure}`);
    if (outcome.verdict === "different" || (outcome.verdict === "tolerance" && worst !== "different")) {
      worst = outcome.verdict;
    }
  }
  const measure = measures.length === 0 ? null : measures.slice(0, 5).join("; ");
  if (worst === "different") return different(differences, measure);
  return worst === "tolerance" ? withinTolerance([...rules], measure) : normalised([...rules], measure);
}
