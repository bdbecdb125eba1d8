import type { Requirement } from "../../model/index.ts";
import { conditionsFromGraph, type Dependency } from "../locked/dependency-graph.ts";
import type { Condition } from "../locked/group-conditions.ts";
import { byExtra, withExtras } from "../locked/marker-extras.ts";
import type { TomlLock } from "../locked/read-toml-lock.ts";
import { poetrySpecifier } from "../pyproject/poetry-constraint.ts";
import { normaliseName } from "../requirement/names.ts";
import { parseRequirement } from "../requirement/parse-requirement.ts";
import { satisfiesSpecifier } from "../requirement/satisfies.ts";
import type { TomlTable } from "../toml/toml-document.ts";
import { asArray, asTable, asText, tableAt } from "../toml/toml-values.ts";

/**
 * The groups and markers of each package, by its index. Locks of 2.1 state them. Older ones state markers on dependencies alone:
 * they are followed from what is declared (null: not known). Undefined where that does not lead to the package.
 */
export function conditionsOf(
  lock: TomlLock,
  declared: readonly Requirement[] | null,
): (index: number) => readonly Condition[] | undefined {
  const stated = lock.packages.some((entry) => Array.isArray(entry["groups"]));
  if (stated) return (index) => statedConditions(lock.packages[index] ?? {});
  const followed = declared === null ? null : follow(lock, declared);
  return (index) => followed?.get(index);
}

/** What an older lock itself says of a package to which nothing leads: `category` and `optional`. */
export function unreached(lock: TomlLock, index: number): Condition {
  const entry = lock.packages[index] ?? {};
  const category = asText(entry["category"]) ?? "main";
  const group = entry["optional"] === true ? "optional" : category === "main" ? "" : normaliseName(category);
  return { group, marker: null };
}

/** `groups`, and `markers` for all of them or for each. The project's own condition covers those of other groups. */
function statedConditions(entry: TomlTable): readonly Condition[] {
  const groups = asArray(entry["groups"]).map((group) => asText(group) ?? "main");
  const { markers } = entry;
  const conditions = (groups.length > 0 ? groups : ["main"]).flatMap((group) =>
    statedFor(group, asText(markers) ?? asText(asTable(markers)[group])),
  );
  const main = conditions.find(({ group }) => group === "");
  return conditions.filter(
    ({ group, marker }) =>
      group === "" || main === undefined || (main.marker !== null && main.marker !== marker),
  );
}

/** "<empty>" is how Poetry writes a marker that holds nowhere. */
function statedFor(group: string, marker: string | null): readonly Condition[] {
  if (marker === "<empty>") return [];
  return byExtra(group === "main" ? "" : normaliseName(group), marker);
}

function follow(lock: TomlLock, declared: readonly Requirement[]): ReadonlyMap<number, readonly Condition[]> {
  const version = (index: number): string => asText(lock.packages[index]?.["version"]) ?? "";
  const dependency = (
    name: string,
    extras: readonly string[],
    specifier: string,
    marker: string | null,
  ): Dependency => ({
    name,
    extras,
    marker,
    fits: (index) => satisfiesSpecifier(version(index), specifier),
  });
  const roots = new Map<string, Dependency[]>();
  for (const { name, extras, specifier, marker, group } of declared) {
    if (group === "build-system" || name === "") continue;
    roots.set(group, [...(roots.get(group) ?? []), dependency(name, extras, specifier, marker)]);
  }
  const packages = lock.packages.map((entry, index) => ({
    name: asText(entry["name"]) ?? "",
    fork: {
      version: version(index),
      requiresPython: poetrySpecifier(asText(entry["python-versions"]) ?? "") ?? "",
      part: "",
    },
  }));
  return conditionsFromGraph(packages, roots, (index, extra) => {
    const entry = lock.packages[index] ?? {};
    const wanted = extra === null ? null : extraNames(entry, extra);
    return Object.entries(asTable(entry["dependencies"])).flatMap(([name, said]) => {
      if (wanted !== null && !wanted.has(normaliseName(name))) return [];
      return (Array.isArray(said) ? asArray(said) : [said]).flatMap((each) => {
        const table = typeof each === "string" ? { version: each } : asTable(each);
        if ((table["optional"] === true) !== (wanted !== null)) return [];
        const extras = asArray(table["extras"]).map((item) => asText(item) ?? "");
        const specifier = poetrySpecifier(asText(table["version"]) ?? "*") ?? "";
        // The marker of an optional dependency names the extra that asks for it.
        const stated = asText(table["markers"]);
        const marker = stated === null ? null : withExtras(stated, extra === null ? [] : [extra]);
        return marker === false ? [] : [dependency(name, extras, specifier, marker)];
      });
    });
  });
}

/** The names below `[package.extras]`: "name", "name (>=1)" or a requirement with a marker. */
function extraNames(entry: TomlTable, extra: string): ReadonlySet<string> {
  const extras = tableAt(entry, "extras");
  const key = Object.keys(extras).find((name) => normaliseName(name) === normaliseName(extra));
  const location = { file: "", line: null };
  return new Set(
    asArray(key === undefined ? [] : extras[key]).flatMap((said) => {
      const name =
        parseRequirement(asText(said) ?? "", { location })?.name ?? /^[\w.-]+/u.exec(asText(said) ?? "")?.[0];
      return name === undefined ? [] : [normaliseName(name)];
    }),
  );
}
