import { satisfiesSpecifier, type InstalledDistribution, overriddenNames } from "../environments/index.ts";
import { markerHolds, normaliseName } from "../manifests/index.ts";
import { makeFinding, type Finding, type Requirement } from "../model/index.ts";
import type { LockFile } from "./choose-lock.ts";
import { dependenciesOf, variablesHere } from "./dependencies-of.ts";
import { inspectLock } from "./inspect-lock.ts";
import { thisLockPlatform } from "./platforms.ts";

export interface InstalledFromLock {
  readonly lock: LockFile;
  /** Everything that was installed from it, and nothing else. */
  readonly installed: readonly InstalledDistribution[];
  /** What the project declares, with the extras that it asks for. */
  readonly declared: readonly Requirement[];
  /** "3.11.7" */
  readonly python: string;
  /** The project's folder: what its uv settings override is not held against the lock. */
  readonly root: string;
}

/**
 * What is declared, and what the packages of a lock need here (their Requires-Dist, with the extras that are asked for) and the lock does not
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
  const variables = variablesHere(platform, made.python);
  const roots = [...made.installed.map(({ name }) => ({ name, extras: [] })), ...made.declared];
  const findings = new Map<string, Finding>();
  // A lock may hold what is declared for other places alone: by its marker, or as files that nothing installs today.
  for (const { name: spelt, specifier, marker, location } of made.declared) {
    const name = normaliseName(spelt);
    const found = byName.get(name);
    if (name === "" || overridden.has(name) || !markerHolds(marker, variables)) continue;
    if (found !== undefined && satisfiesSpecifier(found.version, specifier)) continue;
    const has = found === undefined ? "gives none here" : `gives ${found.version} here`;
    const message = `${name}${specifier} is declared, and ${made.lock.path} ${has}.`;
    findings.set(message, incomplete(message, location.file, location.line));
  }
  for (const { by, requirement } of dependenciesOf(byName, roots, variables)) {
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

function incomplete(message: string, file: string, line: number | null): Finding {
  return makeFinding("lock-incomplete", "error", message, {
    file,
    line,
    why: "What is not locked is either absent when it is needed, or chosen anew by each who installs it.",
    fix: "Lock anew: rung lock",
  });
}
