import type { Requirement } from "../../model/index.ts";
import type { ReadContext } from "../manifest-format.ts";
import { conditionsFromGraph, fitsSpecifier, type Dependency } from "../locked/dependency-graph.ts";
import type { Condition } from "../locked/group-conditions.ts";
import type { TomlLock } from "../locked/read-toml-lock.ts";
import { pyproject } from "../pyproject/index.ts";
import { poetrySpecifier } from "../pyproject/poetry-constraint.ts";
import { normaliseName } from "../requirement/names.ts";
import { parseRequirement } from "../requirement/parse-requirement.ts";
import type { TomlTable } from "../toml/toml-document.ts";
import { asArray, asTable, asText, tableAt } from "../toml/toml-values.ts";

/**
 * The groups and markers of each package, by its index. Locks of 2.1 state them. Older ones state markers on dependencies alone:
 * they are followed from pyproject.toml; without it, only `category` and `optional` are known.
 */
export function conditionsOf(
  lock: TomlLock,
  manifestPath: string,
  manifest: string | null,
  context: ReadContext,
): (index: number) => readonly Condition[] {
  const stated = lock.packages.some((entry) => Array.isArray(entry["groups"]));
  if (stated) return (index) => statedConditions(lock.packages[index] ?? {});
  const followed =
    manifest === null ? null : follow(lock, pyproject.read(manifestPath, manifest, context).requirements);
  return (index) => {
    const entry = lock.packages[index] ?? {};
    const category = asText(entry["category"]) ?? "main";
    const group =
      entry["optional"] === true ? "optional" : category === "main" ? "" : normaliseName(category);
    return followed?.get(index) ?? [{ group, marker: null }];
  };
}

/** `groups`, and `markers` for all of them or for each. The project's own condition covers those of other groups. */
function statedConditions(entry: TomlTable): readonly Condition[] {
  const groups = asArray(entry["groups"]).map((group) => asText(group) ?? "main");
  const { markers } = entry;
  const conditions = (groups.length > 0 ? groups : ["main"]).map((group) => {
    const marker = asText(markers) ?? asText(asTable(markers)[group]);
    return withoutExtra(group === "main" ? "" : normaliseName(group), marker);
  });
  const main = conditions.find(({ group }) => group === "");
  return conditions.filter(
    ({ group, marker }) =>
      group === "" || main === undefined || (main.marker !== null && main.marker !== marker),
  );
}

/** A package that one extra alone asks for belongs to that extra's group; its marker then says the rest. */
function withoutExtra(group: string, marker: string | null): Condition {
  const extras = new Set(
    Array.from((marker ?? "").matchAll(/\bextra == (["'])([^"']+)\1/gu), ([, , extra]) => extra ?? ""),
  );
  const [extra] = extras;
  if (marker === null || extra === undefined || group !== "") return { group, marker };
  const rest = marker.replace(/(?:^| and )extra == (?:"[^"]+"|'[^']+')$/u, "").replace(/^\((.*)\)$/u, "$1");
  const isRest = extras.size === 1 && !/\bextra\b/u.test(rest) && !/[()]/u.test(rest);
  return { group: normaliseName(extra), marker: isRest ? (rest === "" ? null : rest) : marker };
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
    fits: (index) => fitsSpecifier(version(index), specifier),
  });
  const roots = new Map<string, Dependency[]>();
  for (const { name, extras, specifier, marker, group } of declared) {
    if (group === "build-system" || name === "") continue;
    roots.set(group, [...(roots.get(group) ?? []), dependency(name, extras, specifier, marker)]);
  }
  const names = lock.packages.map((entry) => asText(entry["name"]) ?? "");
  return conditionsFromGraph(names, roots, (index, extra) => {
    const entry = lock.packages[index] ?? {};
    const wanted = extra === null ? null : extraNames(entry, extra);
    return Object.entries(asTable(entry["dependencies"])).flatMap(([name, said]) => {
      if (wanted !== null && !wanted.has(normaliseName(name))) return [];
      return (Array.isArray(said) ? asArray(said) : [said]).flatMap((each) => {
        const table = typeof each === "string" ? { version: each } : asTable(each);
        if ((table["optional"] === true) !== (wanted !== null)) return [];
        const extras = asArray(table["extras"]).map((item) => asText(item) ?? "");
        const specifier = poetrySpecifier(asText(table["version"]) ?? "*") ?? "";
        return [dependency(name, extras, specifier, plainMarker(asText(table["markers"])))];
      });
    });
  });
}

/** An optional dependency's marker names the extra that asks for it, which holds here. */
function plainMarker(marker: string | null): string | null {
  if (marker === null) return null;
  const rest = marker
    .replaceAll(/ and extra == (?:"[^"]*"|'[^']*')/gu, "")
    .replaceAll(/extra == (?:"[^"]*"|'[^']*') and /gu, "");
  return /\bextra\b/u.test(rest) ? null : rest;
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
