import { installedEntries, modulesOfEntry, sitePackagesOf } from "../environments/index.ts";
import type { Environment } from "../model/index.ts";
import { condaPackages } from "./conda-packages.ts";
import { pypiName } from "./declared.ts";

/**
 * Distributions by the module that they bring, sorted by name: top-level names ("yaml"), and the dotted names of what
 * lies in namespace packages ("google.cloud.storage"). Distributions are normalised as PEP 503 says.
 */
export type ModuleOwners = ReadonlyMap<string, readonly string[]>;

/**
 * What each module of an environment comes from, by the files that its distributions say they installed: RECORD of
 * *.dist-info, installed-files.txt and top_level.txt of *.egg-info, and conda-meta for what has neither. What cannot be
 * read counts as bringing nothing; nothing is imported.
 */
export function installedModules(environment: Environment): ModuleOwners {
  const releases = sitePackagesOf(environment.prefix).flatMap((folder) =>
    installedEntries(folder).map((one) => ({ name: one.name, modules: modulesOfEntry(folder, one) })),
  );
  const found = new Map(ownersOf(releases));
  const conda = condaPackages(environment.prefix).map(({ name, modules }) => ({
    name: pypiName(name),
    modules: modules.filter((module) => !found.has(module)),
  }));
  for (const [module, owners] of ownersOf(conda))
    found.set(module, [...new Set([...(found.get(module) ?? []), ...owners])].sort());
  return found;
}

/** Turns what distributions bring around: which bring a module. A dotted name counts for its first part, too. */
export function ownersOf(
  distributions: Iterable<{ readonly name: string; readonly modules: readonly string[] }>,
): ModuleOwners {
  const found = new Map<string, Set<string>>();
  for (const { name, modules } of distributions) {
    for (const module of modules) {
      const top = module.split(".")[0] ?? module;
      for (const one of new Set([module, top])) found.set(one, (found.get(one) ?? new Set()).add(name));
    }
  }
  return new Map(Array.from(found, ([module, owners]) => [module, [...owners].sort()]));
}
