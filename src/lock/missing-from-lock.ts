import { release } from "node:os";
import { satisfiesSpecifier, type InstalledDistribution, overriddenNames } from "../environments/index.ts";
import { normaliseName, parseRequirement } from "../manifests/index.ts";
import { makeFinding, type Finding, type Requirement } from "../model/index.ts";
import type { LockFile } from "./choose-lock.ts";
import { inspectLock } from "./inspect-lock.ts";
import { markerHolds } from "./markers.ts";
import { markerVariables, thisLockPlatform } from "./platforms.ts";

export interface InstalledFromLock {
  readonly lock: LockFile;
  /** Everything that was installed from it, and nothing else. */
  readonly installed: readonly InstalledDistribution[];
  /** What the project declares: which extras it asks for. */
  readonly declared: readonly Requirement[];
  /** "3.11.7" */
  readonly python: string;
  /** The project's folder: what its uv settings override is not held against the lock. */
  readonly root: string;
}

interface Wanted {
  readonly by: InstalledDistribution;
  readonly requirement: Requirement;
}

/**
 * What the packages of a lock need here (their Requires-Dist, with the extras that are asked for) and the lock does not
 * hold, or holds in a version that they exclude: rule lock-incomplete. The index is not asked.
 */
export function missingFromLock(made: InstalledFromLock): readonly Finding[] {
  const platform = thisLockPlatform();
  if (platform === null) return [];
  const byName = new Map(made.installed.map((one) => [one.name, one]));
  const overridden = overriddenNames(made.root);
  const lines = new Map<string, number>();
  for (const { name, line } of inspectLock(made.lock.text, made.lock.path, { declared: made.declared })
    .artifacts) {
    if (!lines.has(name)) lines.set(name, line);
  }
  const variables = { ...markerVariables(platform, made.python), platform_release: release() };
  const findings = new Map<string, Finding>();
  for (const { by, requirement } of wantedBy(byName, made.declared, variables)) {
    const { name, specifier } = requirement;
    const found = byName.get(name);
    if (overridden.has(name) || (found !== undefined && satisfiesSpecifier(found.version, specifier)))
      continue;
    const need = `${by.name} ${by.version} needs ${name}${specifier}`;
    const has = found === undefined ? "has none" : `has ${found.version}`;
    findings.set(
      need,
      incomplete(`${need}, and the lock ${has}.`, made.lock.path, lines.get(by.name) ?? null),
    );
  }
  return [...findings.values()];
}

/** Every dependency that holds here: a package that is asked for with an extra brings the extra's own. */
function wantedBy(
  installed: ReadonlyMap<string, InstalledDistribution>,
  declared: readonly Requirement[],
  variables: Readonly<Record<string, string>>,
): readonly Wanted[] {
  const wanted: Wanted[] = [];
  const seen = new Set<string>();
  const ask = (name: string, extra: string): void => {
    const by = installed.get(name);
    if (by === undefined || seen.has(`${name}[${extra}]`)) return;
    seen.add(`${name}[${extra}]`);
    const spelt = by.extras.find((one) => normaliseName(one) === extra) ?? extra;
    for (const text of by.requires) {
      const requirement = parseRequirement(text, { location: { file: "", line: null } });
      if (requirement === null || !markerHolds(requirement.marker, { ...variables, extra: spelt })) continue;
      wanted.push({ by, requirement });
      for (const more of requirement.extras) ask(requirement.name, more);
    }
  };
  for (const name of installed.keys()) ask(name, "");
  for (const { name, extras } of declared) for (const extra of extras) ask(name, normaliseName(extra));
  return wanted;
}

function incomplete(message: string, file: string, line: number | null): Finding {
  return makeFinding("lock-incomplete", "error", message, {
    file,
    line,
    why: "What is not locked is either absent when it is needed, or chosen anew by each who installs it.",
    fix: "Lock anew: rung lock",
  });
}
