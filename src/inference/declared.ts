import { normaliseName, pypiName as nameOnIndex } from "../manifests/index.ts";
import type { Project } from "../model/index.ts";

/**
 * The distributions that any of the project's manifests declares, locks apart, by their names on the index (PEP 503);
 * conda's own names are turned into these.
 */
export function declaredDistributions(project: Project): ReadonlySet<string> {
  const names = project.manifests
    .filter(({ isLock }) => !isLock)
    .flatMap(({ requirements }) => requirements.filter(({ group }) => group !== "build-system"))
    .map(({ ecosystem, name }) => (ecosystem === "conda" ? pypiName(name) : name));
  return new Set(names.filter((name) => name !== ""));
}

/** The name on the index of what conda carries under this name; its own where the index has none. */
export function pypiName(conda: string): string {
  return nameOnIndex(conda) ?? normaliseName(conda);
}
