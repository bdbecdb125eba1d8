import { normaliseName } from "../requirement/names.ts";
import { groupConditions, type Condition } from "./group-conditions.ts";
import { settleForks, type GraphPackage, type Need } from "./settle-forks.ts";

/** What a package, or the project, depends on. */
export interface Dependency {
  readonly name: string;
  readonly extras: readonly string[];
  readonly marker: string | null;
  /** Which of several packages of that name it means, by their indexes. */
  readonly fits: (index: number) => boolean;
}

/** Versions of one name that a dependency may stand for. */
const maxForks = 20;

/**
 * Under which condition, and for which group, each package of a lock (by its index) is installed, followed along the
 * dependencies from each group's own. `dependenciesOf` is asked with an extra, or null for those that are always needed.
 */
export function conditionsFromGraph(
  packages: readonly GraphPackage[],
  roots: ReadonlyMap<string, readonly Dependency[]>,
  dependenciesOf: (index: number, extra: string | null) => readonly Dependency[],
): ReadonlyMap<number, readonly Condition[]> {
  const byName = Map.groupBy(packages.keys(), (index) => normaliseName(packages[index]?.name ?? ""));
  const resolve = ({ name, extras, marker, fits }: Dependency): Need => {
    const named = byName.get(normaliseName(name)) ?? [];
    const exact = named.length > 1 ? named.filter(fits) : named;
    const fitting = (exact.length > 0 ? exact : named).slice(0, maxForks);
    const nodes = fitting.flatMap((index) => [String(index), ...extras.map((extra) => `${index}[${extra}]`)]);
    return { marker, fitting, edges: nodes.map((to) => ({ to, marker })) };
  };
  const known = new Map<string, readonly Need[]>();
  const needsOf = (node: string): readonly Need[] => {
    const before = known.get(node);
    if (before !== undefined) return before;
    const [index = "", extra = null] = node.split(/[[\]]/u);
    const found = dependenciesOf(Number(index), extra).map(resolve);
    known.set(node, found);
    return found;
  };
  const rooted = new Map(Array.from(roots, ([group, needs]) => [group, needs.map(resolve)]));
  return groupConditions(
    new Map(Array.from(rooted, ([group, needs]) => [group, needs.flatMap(({ edges }) => edges)])),
    (node) => needsOf(node).flatMap(({ edges }) => edges),
    (group, reached) =>
      settleForks(packages, [...byName.values()], rooted.get(group) ?? [], reached, needsOf),
  );
}
