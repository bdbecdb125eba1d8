import { valid } from "@renovatebot/pep440";
import { satisfiesSpecifier } from "../../environments/index.ts";
import { distributionCandidates } from "../../inference/index.ts";
import { normaliseName } from "../../manifests/index.ts";
import type { Bound } from "./bound.ts";
import { endOfError, readMissing, type Missing } from "./read-error.ts";
import type { Removal } from "./removal.ts";
import { removals } from "./tables/index.ts";

/**
 * The releases to keep to where a failed run shows that an API was removed, renamed or is not there yet. `errorText` is
 * what the run printed (its traceback), `pins` what was installed: normalised name to version. Known removals come
 * first; else, where a module of an installed distribution lacks a name, the series before the installed one (`guess`
 * is then true: the caller should not follow many of them). Null where the error shows neither. A bound on "python" is
 * one on the interpreter.
 */
export function boundFromFailure(errorText: string, pins: ReadonlyMap<string, string>): Bound | null {
  const text = endOfError(errorText);
  const missing = readMissing(text);
  for (const one of missing) {
    const known = removals.find((removal) => helps(removal, pins) && matches(removal, one));
    if (known !== undefined) return asBound(known, describe(one));
  }
  const told = removals.find((removal) => helps(removal, pins) && isSaid(removal, text));
  if (told !== undefined) return asBound(told, null);
  for (const one of missing) {
    const guessed = stepBack(one, pins);
    if (guessed !== null) return guessed;
  }
  return null;
}

function asBound({ distribution, specifier, reason }: Removal, what: string | null): Bound {
  return { distribution, specifier, reason: what === null ? reason : `${what}: ${reason}` };
}

/** A bound that the installed version keeps already explains nothing. What Python runs is not among the pins. */
function helps({ distribution, specifier }: Removal, pins: ReadonlyMap<string, string>): boolean {
  if (distribution === "python") return true;
  // Kept apart from the pins where an installer brings it along.
  if (distribution === "setuptools" && !pins.has(distribution)) return true;
  const version = pins.get(distribution);
  return version !== undefined && valid(version) !== null && !satisfiesSpecifier(version, specifier);
}

function isSaid({ seen }: Removal, text: string): boolean {
  return seen.kind === "text" && seen.pattern.test(text);
}

function matches({ seen }: Removal, missing: Missing): boolean {
  if (seen.kind === "name" && missing.kind === "name") {
    return seen.names.includes(missing.name) && seen.of.some((of) => isOf(missing, of));
  }
  if (seen.kind === "module" && missing.kind === "module") {
    return seen.modules.some(
      (module) => missing.module === module || missing.module.startsWith(`${module}.`),
    );
  }
  if (seen.kind === "module" && missing.kind === "name") {
    return seen.modules.some((module) => module === `${missing.of}.${missing.name}`);
  }
  if (seen.kind === "keyword" && missing.kind === "keyword") {
    return (
      seen.names.includes(missing.keyword) &&
      seen.functions.some((name) => isCall(missing.functionName, name))
    );
  }
  return false;
}

/** A module that lacks a name may be one within the one listed; types are listed by their bare or their full name. */
function isOf({ of, ofModule }: Missing & { readonly kind: "name" }, listed: string): boolean {
  return (
    of === listed ||
    (ofModule ? of.startsWith(`${listed}.`) && /^[a-z]/u.test(listed) : of.endsWith(`.${listed}`))
  );
}

/** "DataFrame.sum" calls "sum", and "KMeans.__init__" calls "KMeans". */
function isCall(called: string, listed: string): boolean {
  const parts = called.split(".");
  return (
    called === listed || parts.at(-1) === listed || (parts.at(-1) === "__init__" && parts.at(-2) === listed)
  );
}

function describe(missing: Missing): string {
  if (missing.kind === "module") return `there is no module ${missing.module}`;
  if (missing.kind === "keyword") return `${missing.functionName} takes no ${missing.keyword}`;
  return `${missing.of} has no ${missing.name}`;
}

/** The series before the installed one: of 2.3.1 what is below 2.3, of 3.0.2 what is below 3. */
function stepBack(missing: Missing, pins: ReadonlyMap<string, string>): Bound | null {
  if (missing.kind === "keyword" || (missing.kind === "name" && !missing.ofModule)) return null;
  const module = missing.kind === "module" ? missing.module : missing.of;
  // A whole package that is missing was never installed.
  if (missing.kind === "module" && !module.includes(".")) return null;
  const candidates = distributionCandidates(module).map(normaliseName);
  const distribution = candidates.find((name) => pins.has(name));
  const version = pins.get(distribution ?? "");
  const [, major, minor] = /^(\d+)\.(\d+)/u.exec(version ?? "") ?? [];
  if (distribution === undefined || major === undefined || minor === undefined) return null;
  const below = minor === "0" ? major : `${major}.${minor}`;
  if (below === "0") return null;
  return {
    distribution,
    specifier: `<${below}`,
    reason: `${describe(missing)} in ${version}: an older series may have it`,
    guess: true,
  };
}
