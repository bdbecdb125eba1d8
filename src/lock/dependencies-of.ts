import { release } from "node:os";
import type { InstalledDistribution } from "../environments/index.ts";
import {
  markerHolds,
  normaliseName,
  parseRequirement,
  variablesOn,
  type LockPlatform,
} from "../manifests/index.ts";
import type { Requirement } from "../model/index.ts";
import { thisLockPlatform } from "./platforms.ts";

/** A requirement of an installed distribution that holds where it is installed. */
export interface Wanted {
  readonly by: InstalledDistribution;
  readonly requirement: Requirement;
}

/** The variables of environment markers (PEP 508) on this machine with a CPython of this version ("3.11.7"). */
export function variablesHere(
  platform: LockPlatform | null,
  python: string,
): Readonly<Record<string, string>> {
  return { ...variablesOn(platform ?? "linux-x86_64", python), platform_release: release() };
}

/** What these distributions and all that they depend on require here, with CPython of this version. */
export function dependenciesHere(
  installed: ReadonlyMap<string, InstalledDistribution>,
  roots: readonly Root[],
  python: string,
): readonly Wanted[] {
  return dependenciesOf(installed, roots, variablesHere(thisLockPlatform(), python));
}

/** A distribution that is asked for, with extras. */
type Root = Pick<Requirement, "name" | "extras">;

/** Every dependency that holds, from the roots on: a package that is asked for with an extra brings the extra's own. */
export function dependenciesOf(
  installed: ReadonlyMap<string, InstalledDistribution>,
  roots: readonly Root[],
  variables: Readonly<Record<string, string>>,
): readonly Wanted[] {
  const wanted: Wanted[] = [];
  const seen = new Set<string>();
  const waiting: { readonly name: string; readonly extra: string }[] = [];
  const ask = ({ name, extras }: Root): void => {
    for (const extra of ["", ...extras]) waiting.push({ name, extra: normaliseName(extra) });
  };
  for (const root of roots) ask(root);
  for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
    const { name, extra } = next;
    const by = installed.get(name);
    if (by === undefined || seen.has(`${name}[${extra}]`)) continue;
    seen.add(`${name}[${extra}]`);
    const spelt = by.extras.find((one) => normaliseName(one) === extra) ?? extra;
    for (const text of by.requires) {
      const requirement = parseRequirement(text, { location: { file: "", line: null } });
      if (requirement === null || !markerHolds(requirement.marker, { ...variables, extra: spelt })) continue;
      wanted.push({ by, requirement });
      ask(requirement);
    }
  }
  return wanted;
}
