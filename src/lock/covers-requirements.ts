import { satisfiesSpecifier } from "../environments/index.ts";
import { markerHolds, normaliseName, variablesOn } from "../manifests/index.ts";
import { makeFinding, type Finding, type Requirement } from "../model/index.ts";
import type { LockContent } from "./artifact.ts";
import { pythonOfLock } from "./inspect-lock.ts";
import { platforms } from "./platforms.ts";

/**
 * What is declared and not in the lock, or in it with a version that the declaration excludes: rule lock-stale.
 * A requirement whose marker holds nowhere that the lock is for is not missed.
 */
export function coversRequirements(
  lock: LockContent,
  requirements: readonly Requirement[],
): readonly Finding[] {
  const versions = new Map<string, Set<string>>();
  for (const { name, version } of lock.artifacts) {
    versions.set(name, (versions.get(name) ?? new Set<string>()).add(version));
  }
  const python = pythonOfLock(lock) ?? "3.11";
  const places = platforms.map(({ id }) => variablesOn(id, python));
  const meant = places.filter(
    (place) =>
      lock.environments.length === 0 || lock.environments.some((marker) => markerHolds(marker, place)),
  );
  return requirements.flatMap((requirement) => {
    const { name, specifier, marker, location } = requirement;
    if (name === "" || !meant.some((place) => markerHolds(marker, place))) return [];
    const locked = [...(versions.get(normaliseName(name)) ?? [])];
    if (locked.length === 0) return [stale(`${name} is declared and not in the lock.`, location)];
    const fits = locked.some((version) => version === "" || satisfiesSpecifier(version, specifier));
    const found = locked.join(" and ");
    return fits ? [] : [stale(`${name}${specifier} is declared, and the lock has ${found}.`, location)];
  });
}

function stale(message: string, location: Requirement["location"]): Finding {
  return makeFinding("lock-stale", "error", message, {
    file: location.file,
    line: location.line,
    why: "What is installed from the lock is then not what the project asks for.",
    fix: "Lock anew: rung lock",
  });
}
