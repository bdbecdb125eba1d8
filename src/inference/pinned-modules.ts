import { releaseKey, rememberedModules } from "../environments/index.ts";
import type { Project } from "../model/index.ts";
import { ownersOf, type ModuleOwners } from "./installed-modules.ts";

/** What is known of the releases that a project pins, by the files of those that Rung has seen before. */
export interface PinnedModules {
  readonly owners: ModuleOwners;
  /** The modules of each distribution that was seen, by its normalised name. */
  readonly modules: ReadonlyMap<string, readonly string[]>;
}

export const nothingPinned: PinnedModules = { owners: new Map(), modules: new Map() };

/** A release that a lock or an exact requirement names. */
export interface PinnedRelease {
  readonly name: string;
  readonly version: string;
}

/** The releases of an index that any lock of a project, or an exact requirement ("==1.2"), names; each once. */
export function pinnedReleases({ manifests }: Pick<Project, "manifests">): readonly PinnedRelease[] {
  const found = new Map<string, PinnedRelease>();
  for (const { requirements } of manifests) {
    for (const { ecosystem, name, specifier, url } of requirements) {
      if (ecosystem !== "pypi" || name === "" || url !== null) continue;
      const version = /^\s*={2,3}\s*([\w.!+-]+)\s*$/u.exec(specifier)?.[1];
      if (version === undefined) continue;
      const key = releaseKey(name, version);
      if (!found.has(key)) found.set(key, { name, version });
    }
  }
  return [...found.values()];
}

/** The modules of what a project pins, as far as Rung has seen these releases; no index is asked. */
export function pinnedModules(project: Pick<Project, "manifests">): PinnedModules {
  return seenModules(pinnedReleases(project));
}

/** The modules of releases, of those that Rung has seen. */
export function seenModules(releases: readonly PinnedRelease[]): PinnedModules {
  if (releases.length === 0) return nothingPinned;
  const seen = rememberedModules(new Set(releases.map(({ name, version }) => releaseKey(name, version))));
  const modules = new Map<string, readonly string[]>();
  for (const { name, version } of releases) {
    const found = seen.get(releaseKey(name, version));
    if (found !== undefined) modules.set(name, [...new Set([...(modules.get(name) ?? []), ...found])]);
  }
  return { owners: ownersOf(Array.from(modules, ([name, names]) => ({ name, modules: names }))), modules };
}
