import type { Condition } from "../locked/group-conditions.ts";
import { conditionsFromGraph, type Dependency } from "../locked/dependency-graph.ts";
import { normaliseName } from "../requirement/names.ts";
import type { TomlTable } from "../toml/toml-document.ts";
import { asArray, asTable, asText, tableAt } from "../toml/toml-values.ts";
import { sourceOf } from "./source.ts";

/**
 * Under which condition, and for which group, each package (by its index) is installed. uv.lock states markers on the
 * dependencies alone, so they are followed from `members`, and from a script's requirements.
 */
export function conditionsByGroup(
  value: TomlTable,
  packages: readonly TomlTable[],
  members: readonly TomlTable[],
): ReadonlyMap<number, readonly Condition[]> {
  const read = (dependencies: unknown): readonly Dependency[] =>
    asArray(dependencies).map((each) => readDependency(asTable(each), packages));
  const roots = new Map<string, readonly Dependency[]>();
  const add = (group: string, more: readonly Dependency[]): void => {
    roots.set(group, [...(roots.get(group) ?? []), ...more]);
  };
  const manifest = asTable(value["manifest"]);
  add("", read(manifest["requirements"]));
  for (const [group, needs] of Object.entries(asTable(manifest["dependency-groups"]))) {
    add(normaliseName(group), read(needs));
  }
  for (const entry of members) {
    const fits = (index: number): boolean => packages[index] === entry;
    add("", [{ name: asText(entry["name"]) ?? "", extras: [], marker: null, fits }]);
    for (const table of ["optional-dependencies", "dev-dependencies"]) {
      for (const [group, needs] of Object.entries(tableAt(entry, table)))
        add(normaliseName(group), read(needs));
    }
  }
  const named = packages.map((entry) => ({ name: asText(entry["name"]) ?? "" }));
  return conditionsFromGraph(named, roots, (index, extra) => {
    const entry = packages[index] ?? {};
    return read(extra === null ? entry["dependencies"] : tableAt(entry, "optional-dependencies")[extra]);
  });
}

/** Where a name has several versions, a dependency states the version and, where these differ, the source. */
function readDependency(dependency: TomlTable, packages: readonly TomlTable[]): Dependency {
  const version = asText(dependency["version"]);
  const source = dependency["source"] === undefined ? null : JSON.stringify(dependency["source"]);
  return {
    name: asText(dependency["name"]) ?? "",
    extras: asArray(dependency["extra"] ?? dependency["extras"]).map((extra) => asText(extra) ?? ""),
    marker: asText(dependency["marker"]),
    fits: (index) =>
      (version === null || packages[index]?.["version"] === version) &&
      (source === null || JSON.stringify(packages[index]?.["source"]) === source),
  };
}

/** The packages that the lock is made for: the workspace's members, or the one at the root. */
export function workspaceMembers(value: TomlTable, packages: readonly TomlTable[]): readonly TomlTable[] {
  const manifest = asTable(value["manifest"]);
  const named = new Set(asArray(manifest["members"]).map((member) => normaliseName(asText(member) ?? "")));
  return packages.filter((entry) => {
    const { kind, value } = sourceOf(entry);
    const isLocal = kind === "editable" || kind === "virtual" || kind === "directory";
    return (
      isLocal && (named.size > 0 ? named.has(normaliseName(asText(entry["name"]) ?? "")) : value === ".")
    );
  });
}
