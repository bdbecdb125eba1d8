import { createRequire } from "node:module";

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
}

let loaded: Table | null = null;

function table(): Table {
  if (loaded === null) {
    const names = createRequire(import.meta.url)("./module-names.json") as ModuleNames;
    loaded = {
      modules: new Map(Object.entries(names.modules)),
      ambiguous: new Set(names.ambiguous),
      same: new Set(names.same),
    };
  }
  return loaded;
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
 * What the table does not know is taken to have the name of its top-level module: `known` says so.
 */
export function matchModule(module: string): ModuleMatch {
  const { modules, ambiguous, same } = table();
  const parts = module.split(".");
  for (let length = parts.length; length > 0; length -= 1) {
    const name = parts.slice(0, length).join(".");
    const candidates = modules.get(name);
    if (candidates !== undefined)
      return { module: name, candidates, known: "table", isAmbiguous: ambiguous.has(name) };
  }
  const [top = module] = parts;
  const candidates = [top.replaceAll(/[-_.]+/gu, "-").toLowerCase()];
  return { module: top, candidates, known: same.has(top) ? "table" : "same-name", isAmbiguous: false };
}

/**
 * The distributions that may provide a module, likeliest first, their names normalised as PEP 503 says. `module` is as
 * imported ("sklearn.linear_model").
 */
export function distributionCandidates(module: string): readonly string[] {
  return matchModule(module).candidates;
}
