import type { Requirement } from "../../model/index.ts";
import type { ReadContext } from "../manifest-format.ts";
import { conditionsFromGraph, fitsSpecifier, type Dependency } from "../locked/dependency-graph.ts";
import type { Condition } from "../locked/group-conditions.ts";
import { byExtra, withExtras } from "../locked/marker-extras.ts";
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
    fits: (index) => fitsSpecifier(version(index), specifier),
    among: (index, fitting) => {
      const others = fitting.map((other) => lowestPython(lock.packages[other]));
      return pythonBetween(lowestPython(lock.packages[index]), others);
    },
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
        // The marker of an optional dependency names the extra that asks for it.
        const stated = asText(table["markers"]);
        const marker = stated === null ? null : withExtras(stated, extra === null ? [] : [extra]);
        return marker === false ? [] : [dependency(name, extras, specifier, marker)];
      });
    });
  });
}

/** The lowest Python that a package runs on, as 300 and more: 3.9 is 309; 0 where it does not say. */
function lowestPython(entry: TomlTable | undefined): number {
  const [, major = "0", minor = "0"] =
    />=?\s*(\d+)(?:\.(\d+))?/u.exec(asText(entry?.["python-versions"]) ?? "") ?? [];
  return Number(major) * 100 + Number(minor);
}

/** Poetry locks several versions of a package where newer ones need a newer Python: each is for those up to the next one. */
function pythonBetween(own: number, others: readonly number[]): string | null {
  const next = Math.min(...others.filter((other) => other > own));
  const said = (python: number): string => `"${Math.floor(python / 100)}.${python % 100}"`;
  const clauses = [
    ...(others.some((other) => other < own) ? [`python_version >= ${said(own)}`] : []),
    ...(Number.isFinite(next) ? [`python_version < ${said(next)}`] : []),
  ];
  return clauses.length === 0 ? null : clauses.join(" and ");
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
