import { normaliseName } from "../manifests/index.ts";
import type { NeedKnown } from "../model/index.ts";
import { matchModule } from "./distributions.ts";
import type { ModuleOwners } from "./installed-modules.ts";
import type { PinnedModules } from "./pinned-modules.ts";

/** What a module's distribution is chosen among. */
export interface Resolution {
  /** The part of the dotted name that counted. */
  readonly module: string;
  readonly distribution: string | null;
  readonly candidates: readonly string[];
  readonly known: NeedKnown;
}

/** What is known of the files of distributions. */
export interface KnownModules {
  /** What the modules of an environment come from; null where there is none to ask. */
  readonly installed: ModuleOwners | null;
  /** What those of the releases come from that the project pins. */
  readonly pinned: PinnedModules;
}

/**
 * The distribution of one imported name, by what tells most: what is installed, what is pinned and was seen before, what
 * the project declares or installs itself, the shipped table, and the name alone. Of several in the table the first is taken only where it is the one in
 * use (ten times as much as the others, and no fork, stub or build variant stands beside it); else none is.
 */
export function resolveModule(
  name: string,
  { installed, pinned }: KnownModules,
  declared: ReadonlySet<string>,
): Resolution {
  const match = matchModule(name);
  const { module, candidates } = match;
  const here = ownersIn(installed, name);
  if (here !== null) return ofOwners(here, "installed");
  const stated = candidates.find((candidate) => declared.has(candidate));
  const locked = ownersIn(pinned.owners, name);
  // Not all that is pinned was seen: a declared distribution whose files nobody has read may still bring it.
  if (locked !== null && (stated === undefined || pinned.modules.has(stated)))
    return ofOwners(locked, "pinned");
  if (stated !== undefined) return { module, distribution: stated, candidates, known: "declared" };
  const spelt =
    (match.known === "same-name" ? declaredAs(module, declared) : undefined) ??
    declaredBuild(candidates, declared);
  if (spelt !== undefined) return { module, distribution: spelt, candidates: [spelt], known: "declared" };
  if (match.isAmbiguous) return { module, distribution: null, candidates, known: "unknown" };
  return { module, distribution: candidates[0] ?? null, candidates, known: match.known };

  function ofOwners({ module: owned, owners }: Owners, how: NeedKnown): Resolution {
    const [only] = owners;
    const agreed = owners.length === 1 ? only : owners.find((owner) => declared.has(owner));
    const chosen = agreed ?? owners.find((owner) => candidates.includes(owner)) ?? null;
    const known = chosen === null ? "unknown" : how;
    return { module: owned, distribution: chosen, candidates: owners, known };
  }
}

interface Owners {
  readonly module: string;
  readonly owners: readonly string[];
}

/** A declared distribution that says with its module's name that it is for Python: "python-weather" brings weather. */
function declaredAs(module: string, declared: ReadonlySet<string>): string | undefined {
  const name = normaliseName(module.split(".")[0] ?? module);
  return [`python-${name}`, `${name}-python`, `py-${name}`, `py${name}`, `${name}-py`].find((one) =>
    declared.has(one),
  );
}

const builds =
  /^(?:binary|cpu|gpu|headless|intel|macos|nightly|rocm|directml|openvino|cu\d{1,4}|cuda\d{1,3}x?)$/u;

/** A declared build of a distribution under a name of its own: "tensorflow-cpu" brings what "tensorflow" brings. */
function declaredBuild(candidates: readonly string[], declared: ReadonlySet<string>): string | undefined {
  return [...declared].find((one) =>
    candidates.some((name) => one.startsWith(`${name}-`) && builds.test(one.slice(name.length + 1))),
  );
}

/** The distributions that bring a module: those of its longest known prefix. */
function ownersIn(known: ModuleOwners | null, name: string): Owners | null {
  const parts = name.split(".");
  for (let length = parts.length; length > 0; length -= 1) {
    const module = parts.slice(0, length).join(".");
    const owners = known?.get(module);
    // The first part of a namespace says nothing of what is looked for in it.
    if (owners !== undefined && (owners.length === 1 || length > 1 || parts.length === 1))
      return { module, owners };
    if (owners !== undefined) return matchModule(name).module === name ? null : { module, owners };
  }
  return null;
}
