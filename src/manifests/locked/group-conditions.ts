import { reachable, type Edge } from "./conditions.ts";

/** A package is installed for `group` ("": what the project runs with) where `marker` holds (null: always). */
export interface Condition {
  readonly group: string;
  readonly marker: string | null;
}

/**
 * The conditions of each package, by its index in the lock, from each group's own roots. A node is an index, or an index
 * with an extra: "12[socks]". A group is left out where the project's own condition already covers it. `settle` is given
 * what is reached for a group, and tells of packages whose condition is another one; undefined: there is none.
 */
export function groupConditions(
  roots: ReadonlyMap<string, readonly Edge[]>,
  edgesOf: (node: string) => readonly Edge[],
  settle: (
    group: string,
    reached: ReadonlyMap<string, string | null>,
  ) => ReadonlyMap<number, string | null | undefined>,
): ReadonlyMap<number, readonly Condition[]> {
  const conditions = new Map<number, Condition[]>();
  const groups = [...roots.keys()].sort((one, other) =>
    one === "" ? -1 : other === "" ? 1 : one < other ? -1 : 1,
  );
  for (const group of groups) {
    const reached = reachable(roots.get(group) ?? [], edgesOf);
    const settled = settle(group, reached);
    for (const [node, followed] of reached) {
      if (node.includes("[")) continue;
      const index = Number(node);
      const marker = settled.has(index) ? settled.get(index) : followed;
      const before = conditions.get(index) ?? [];
      const main = before.find((condition) => condition.group === "");
      if (marker === undefined) continue;
      if (main !== undefined && (main.marker === null || main.marker === marker)) continue;
      conditions.set(index, [...before, { group, marker }]);
    }
  }
  return conditions;
}
