import { createRequire } from "node:module";
import { normaliseName } from "../manifests/index.ts";

/** The shipped table; see module-names.ts in scripts/ for how it is made. */
interface ModuleNames {
  /** Distributions by module, the most used first; only where the module is not the distribution's own name. */
  readonly modules: Readonly<Record<string, readonly string[]>>;
  /** Modules of `modules` that several distributions bring, of which none is used ten times as much as the others. */
  readonly ambiguous: readonly string[];
  /** Modules that a distribution of the same name brings. */
  readonly same: readonly string[];
}

interface Table {
  readonly modules: ReadonlyMap<string, readonly string[]>;
  readonly ambiguous: ReadonlySet<string>;
  readonly same: ReadonlySet<string>;
  /** Dotted prefixes that several distributions share, and none is named for: "google", "google.cloud". */
  readonly namespaces: ReadonlySet<string>;
  /** Every distribution that the table names. */
  readonly distributions: ReadonlySet<string>;
}

let loaded: Table | null = null;

function table(): Table {
  if (loaded === null) {
    const names = createRequire(import.meta.url)("./module-names.json") as ModuleNames;
    loaded = {
      modules: new Map(Object.entries(names.modules)),
      ambiguous: new Set(names.ambiguous),
      same: new Set(names.same),
      namespaces: namespacesIn(names),
      distributions: new Set([
        ...Object.values(names.modules).flat(),
        ...names.same.map((name) => normaliseName(name)),
      ]),
    };
  }
  return loaded;
}

function namespacesIn({ modules, same }: ModuleNames): ReadonlySet<string> {
  const own = new Set([...Object.keys(modules), ...same]);
  const namespaces = new Set<string>();
  for (const name of Object.keys(modules).filter((module) => module.includes("."))) {
    const parts = name.split(".");
    if (own.has(parts[0] ?? "")) continue;
    for (let length = 1; length < parts.length; length += 1) namespaces.add(parts.slice(0, length).join("."));
  }
  return namespaces;
}

/** What is known of a module by its name alone. */
export interface ModuleMatch {
  /** The part of the name that counted: "sklearn" of "sklearn.linear_model", "google.cloud.storage" of a namespace. */
  readonly module: string;
  /** Normalised as PEP 503 says, the most used first. */
  readonly candidates: readonly string[];
  readonly known: "table" | "same-name";
  readonly isAmbiguous: boolean;
}

/**
 * The distributions that provide a module as the shipped table has it; the longest known prefix of a dotted name counts.
 * What the table does not know is taken to have the name of its top-level module, or of the part that a namespace
 * package is divided by ("google.cloud.newest"): `known` says so.
 */
export function matchModule(module: string): ModuleMatch {
  const { modules, ambiguous, same, namespaces } = table();
  const parts = module.split(".");
  for (let length = parts.length; length > 0; length -= 1) {
    const name = parts.slice(0, length).join(".");
    const candidates = modules.get(name);
    if (candidates !== undefined)
      return { module: name, candidates, known: "table", isAmbiguous: ambiguous.has(name) };
  }
  let name = parts[0] ?? module;
  for (let length = 1; namespaces.has(name) && length < parts.length; length += 1)
    name += `.${parts[length] ?? ""}`;
  const known = same.has(name) ? "table" : "same-name";
  // A namespace by itself is nobody's.
  const candidates = namespaces.has(name) ? [] : [normaliseName(name)];
  return { module: name, candidates, known, isAmbiguous: false };
}

/** Whether the shipped table names a distribution; `name` is normalised as PEP 503 says. */
export function isKnownDistribution(name: string): boolean {
  return table().distributions.has(name);
}

/**
 * The distributions that may provide a module, likeliest first, their names normalised as PEP 503 says. `module` is as
 * imported ("sklearn.linear_model").
 */
export function distributionCandidates(module: string): readonly string[] {
  return matchModule(module).candidates;
}

/** Why a distribution is taken for a module's, in words: how the shipped table came to say so, where it does. */
export function sourceOfMapping(module: string, distribution: string): string {
  const { known, candidates } = matchModule(module);
  if (known !== "table" || !candidates.includes(distribution)) return "by its name";
  const sources = createRequire(import.meta.url)("./module-sources.json") as Readonly<Record<string, string>>;
  const read = sources[`${module} ${distribution}`];
  return `by the shipped table (${read === undefined ? "written by hand" : `read from ${read}`})`;
}
