import { reachable, type Edge } from "./conditions.ts";

/** A package is installed for `group` ("": what the project runs with) where `marker` holds (null: always). */
export interface Condition {
  readonly group: string;
  readonly marker: string | null;
}

/**
 * The conditions of each package, by its index in the lock, from each group's own roots. A node is an index, or an index
 * with an extra: "12[socks]". A group is left out where the project's own condition already covers it.
 */
export function groupConditions(
  roots: ReadonlyMap<string, readonly Edge[]>,
  edgesOf: (node: string) => readonly Edge[],
): ReadonlyMap<number, readonly Condition[]> {
  const known = new Map<string, readonly Edge[]>();
  const edges = (node: string): readonly Edge[] => {
    const before = known.get(node);
    if (before !== undefined) return before;
    const found = edgesOf(node);
    known.set(node, found);
    return found;
  };
  const conditions = new Map<number, Condition[]>();
  const groups = [...roots.keys()].sort((one, other) =>
    one === "" ? -1 : other === "" ? 1 : one < other ? -1 : 1,
  );
  for (const group of groups) {
    for (const [node, marker] of reachable(roots.get(group) ?? [], edges)) {
      if (node.includes("[")) continue;
      const before = conditions.get(Number(node)) ?? [];
      const main = before.find((condition) => condition.group === "");
      if (main !== undefined && (main.marker === null || main.marker === marker)) continue;
      conditions.set(Number(node), [...before, { group, marker }]);
    }
  }
  return conditions;
}
