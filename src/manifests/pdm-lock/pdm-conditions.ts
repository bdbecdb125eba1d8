import type { Requirement } from "../../model/index.ts";
import { conditionsFromGraph, type Dependency } from "../locked/dependency-graph.ts";
import type { Condition } from "../locked/group-conditions.ts";
import type { TomlLock } from "../locked/read-toml-lock.ts";
import { normaliseName } from "../requirement/names.ts";
import { parseRequirement } from "../requirement/parse-requirement.ts";
import { satisfiesSpecifier } from "../requirement/satisfies.ts";
import type { TomlTable } from "../toml/toml-document.ts";
import { asArray, asText } from "../toml/toml-values.ts";

/**
 * The groups and markers of each package, by its index. PDM repeats a package with its extras as an entry of its own, which
 * gives no requirement. Locks since 4.4.2 state groups and markers; for older ones they are followed from what is declared
 * (null: not known). Undefined where that does not lead to the package.
 */
export function conditionsOf(
  lock: TomlLock,
  declared: readonly Requirement[] | null,
): (index: number) => readonly Condition[] | undefined {
  const bare = new Set(lock.packages.filter((entry) => extrasOf(entry).length === 0).map(identity));
  const isRepeat = (entry: TomlTable): boolean => extrasOf(entry).length > 0 && bare.has(identity(entry));
  const stated = lock.packages.some((entry) => Array.isArray(entry["groups"]));
  const followed = stated || declared === null ? null : follow(lock, declared);
  return (index) => {
    const entry = lock.packages[index] ?? {};
    if (isRepeat(entry)) return [];
    if (!stated) return followed?.get(index);
    const groups = asArray(entry["groups"]).map((group) => normaliseName(asText(group) ?? "default"));
    const marker = asText(entry["marker"]);
    return groups.length === 0 || groups.includes("default")
      ? [{ group: "", marker }]
      : groups.map((group) => ({ group, marker }));
  };
}

const extrasOf = (entry: TomlTable): readonly string[] =>
  asArray(entry["extras"]).map((extra) => normaliseName(asText(extra) ?? ""));

const identity = (entry: TomlTable): string => `${asText(entry["name"])} ${asText(entry["version"])}`;

function follow(lock: TomlLock, declared: readonly Requirement[]): ReadonlyMap<number, readonly Condition[]> {
  /** An entry with extras is another node than the bare one, which it depends on. */
  const dependency = ({ name, extras, specifier, marker }: Requirement): Dependency => ({
    name,
    extras: [],
    marker,
    fits: (index) => {
      const entry = lock.packages[index] ?? {};
      const own = extrasOf(entry);
      const isSame = own.length === extras.length && own.every((extra) => extras.includes(extra));
      return isSame && satisfiesSpecifier(asText(entry["version"]) ?? "", specifier);
    },
  });
  const roots = new Map<string, Dependency[]>();
  for (const requirement of declared) {
    const { group, name } = requirement;
    if (group === "build-system" || name === "") continue;
    roots.set(group, [...(roots.get(group) ?? []), dependency(requirement)]);
  }
  const packages = lock.packages.map((entry) => ({
    name: asText(entry["name"]) ?? "",
    fork: {
      version: asText(entry["version"]) ?? "",
      requiresPython: asText(entry["requires_python"]) ?? "",
      part: extrasOf(entry).toSorted().join(),
    },
  }));
  return conditionsFromGraph(packages, roots, (index) =>
    asArray(lock.packages[index]?.["dependencies"]).flatMap((said) => {
      const requirement = parseRequirement(asText(said) ?? "", { location: { file: "", line: null } });
      return requirement === null ? [] : [dependency(requirement)];
    }),
  );
}
