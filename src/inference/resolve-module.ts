import { normaliseName } from "../manifests/index.ts";
import type { NeedKnown } from "../model/index.ts";
import { matchModule } from "./distributions.ts";
import type { InstalledModules } from "./installed-modules.ts";

/** What a module's distribution is chosen among. */
export interface Resolution {
  /** The part of the dotted name that counted. */
  readonly module: string;
  readonly distribution: string | null;
  readonly candidates: readonly string[];
  readonly known: NeedKnown;
}

/**
 * The distribution of one imported name, by what tells most: what is installed, what the project declares or installs
 * itself, the shipped table, and the name alone. Of several in the table the first is taken only where it is the one in
 * use (ten times as much as the others, and no fork, stub or build variant stands beside it); else none is.
 */
export function resolveModule(
  name: string,
  installed: InstalledModules | null,
  declared: ReadonlySet<string>,
): Resolution {
  const match = matchModule(name);
  const { module, candidates } = match;
  const here = installedOwners(name, installed);
  if (here !== null) {
    const [only] = here.owners;
    const agreed = here.owners.length === 1 ? only : here.owners.find((owner) => declared.has(owner));
    const chosen = agreed ?? here.owners.find((owner) => candidates.includes(owner));
    return {
      module: here.module,
      distribution: chosen ?? null,
      candidates: here.owners,
      known: chosen === undefined ? "unknown" : "installed",
    };
  }
  const stated = candidates.find((candidate) => declared.has(candidate));
  if (stated !== undefined) return { module, distribution: stated, candidates, known: "declared" };
  const spelt = match.known === "same-name" ? declaredAs(module, declared) : undefined;
  if (spelt !== undefined) return { module, distribution: spelt, candidates: [spelt], known: "declared" };
  if (match.isAmbiguous) return { module, distribution: null, candidates, known: "unknown" };
  return { module, distribution: candidates[0] ?? null, candidates, known: match.known };
}

/** A declared distribution that says with its module's name that it is for Python: "python-weather" brings weather. */
function declaredAs(module: string, declared: ReadonlySet<string>): string | undefined {
  const name = normaliseName(module.split(".")[0] ?? module);
  return [`python-${name}`, `${name}-python`, `py-${name}`, `py${name}`, `${name}-py`].find((one) =>
    declared.has(one),
  );
}

/** The installed distributions that bring a module: those of its longest known prefix. */
function installedOwners(
  name: string,
  installed: InstalledModules | null,
): { readonly module: string; readonly owners: readonly string[] } | null {
  const parts = name.split(".");
  for (let length = parts.length; length > 0; length -= 1) {
    const module = parts.slice(0, length).join(".");
    const owners = installed?.get(module);
    // The first part of a namespace says nothing of what is looked for in it.
    if (owners !== undefined && (owners.length === 1 || length > 1 || parts.length === 1))
      return { module, owners };
    if (owners !== undefined) return matchModule(name).module === name ? null : { module, owners };
  }
  return null;
}
