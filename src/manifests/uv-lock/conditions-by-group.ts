import { groupConditions, type Condition } from "../locked/group-conditions.ts";
import type { Edge } from "../locked/conditions.ts";
import { normaliseName } from "../requirement/names.ts";
import type { TomlTable } from "../toml/toml-document.ts";
import { asArray, asTable, asText, tableAt } from "../toml/toml-values.ts";
import { sourceOf } from "./source.ts";

/** Versions of one name that a dependency may stand for. */
const maxForks = 50;

/**
 * Under which condition, and for which group, each package (by its index) is installed. uv.lock states markers on the
 * dependencies alone, so they are followed from the members of the workspace, or from a script's requirements.
 */
export function conditionsByGroup(
  value: TomlTable,
  packages: readonly TomlTable[],
): ReadonlyMap<number, readonly Condition[]> {
  const byName = new Map<string, number[]>();
  for (const [index, entry] of packages.entries()) {
    const name = normaliseName(asText(entry["name"]) ?? "");
    const known = byName.get(name);
    if (known === undefined) byName.set(name, [index]);
    else known.push(index);
  }
  const targets = (dependency: TomlTable): readonly number[] => {
    const named = byName.get(normaliseName(asText(dependency["name"]) ?? "")) ?? [];
    const version = asText(dependency["version"]);
    const source = JSON.stringify(dependency["source"]);
    const exact = named.filter(
      (index) =>
        (version === null || packages[index]?.["version"] === version) &&
        (source === undefined || JSON.stringify(packages[index]?.["source"]) === source),
    );
    return (exact.length > 0 ? exact : named).slice(0, maxForks);
  };
  const edges = (dependencies: unknown): readonly Edge[] =>
    asArray(dependencies)
      .map(asTable)
      .flatMap((dependency) => {
        const marker = asText(dependency["marker"]);
        const extras = asArray(dependency["extra"] ?? dependency["extras"]).map(
          (extra) => asText(extra) ?? "",
        );
        return targets(dependency).flatMap((index) => [
          { to: String(index), marker },
          ...extras.map((extra) => ({ to: `${index}[${extra}]`, marker })),
        ]);
      });
  const edgesOf = (node: string): readonly Edge[] => {
    const [index = "", extra] = node.split(/[[\]]/u);
    const entry = packages[Number(index)] ?? {};
    return edges(
      extra === undefined ? entry["dependencies"] : tableAt(entry, "optional-dependencies")[extra],
    );
  };
  const roots = new Map<string, readonly Edge[]>();
  const add = (group: string, more: readonly Edge[]): void => {
    roots.set(group, [...(roots.get(group) ?? []), ...more]);
  };
  const manifest = asTable(value["manifest"]);
  add("", edges(manifest["requirements"]));
  for (const [group, needs] of Object.entries(asTable(manifest["dependency-groups"])))
    add(normaliseName(group), edges(needs));
  for (const index of memberIndexes(manifest, packages)) {
    const entry = packages[index] ?? {};
    add("", [{ to: String(index), marker: null }]);
    for (const table of ["optional-dependencies", "dev-dependencies"]) {
      for (const [group, needs] of Object.entries(tableAt(entry, table)))
        add(normaliseName(group), edges(needs));
    }
  }
  return groupConditions(roots, edgesOf);
}

/** The packages that the lock is made for: the workspace's members, or the one at the root. */
function memberIndexes(manifest: TomlTable, packages: readonly TomlTable[]): readonly number[] {
  const members = new Set(asArray(manifest["members"]).map((member) => normaliseName(asText(member) ?? "")));
  return [...packages.keys()].filter((index) => {
    const entry = packages[index] ?? {};
    const { kind, value } = sourceOf(entry);
    const isLocal = kind === "editable" || kind === "virtual" || kind === "directory";
    return (
      isLocal && (members.size > 0 ? members.has(normaliseName(asText(entry["name"]) ?? "")) : value === ".")
    );
  });
}
