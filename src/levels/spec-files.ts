import { isPinned, onIndex, parseRequirement, satisfiesSpecifier } from "../manifests/index.ts";
import type { Manifest, Project, Requirement } from "../model/index.ts";
import { chooseSpec } from "../project/index.ts";

/**
 * The files that say what to install, relative to the root: as chooseSpec has it, else a requirements file that is the
 * lock as well. Empty where the project declares nothing.
 */
export function specFiles(project: Project): readonly string[] {
  return specManifests(project).map((manifest) => manifest.path);
}

export function specManifests({ manifests }: Pick<Project, "manifests">): readonly Manifest[] {
  const spec = chooseSpec(manifests);
  return spec === null ? manifests.filter(isLockedSpec).slice(0, 1) : [spec];
}

const isLockedSpec = ({ format, path, isLock }: Manifest): boolean =>
  isLock && format === "requirements.txt" && !path.includes("/");

/** What the project runs with, as the spec says it: without build and optional groups. */
export function statedRequirements(project: Pick<Project, "manifests">): readonly Requirement[] {
  return specManifests(project).flatMap(({ requirements }) =>
    requirements.filter(({ group }) => group === ""),
  );
}

/** What the project runs with, as the Python index is asked for it; what only conda has is not among it. */
export function directRequirements(project: Pick<Project, "manifests">): readonly Requirement[] {
  return statedRequirements(project).flatMap((requirement) => onIndex(requirement) ?? []);
}

/** A lock beside the spec, with the versions that it gives to the packages that the spec names. */
export interface LockedVersions {
  readonly path: string;
  /** As the lock's manifest names it. */
  readonly format: string;
  readonly requirements: readonly Requirement[];
}

/**
 * The artifacts that it names are conda's, and so only its versions count; of what these packages need in turn, the
 * Python index decides. A version that the spec does not admit is from another
 * state of it, and does not count. Null where none is left.
 */
function lockedByConda(project: Pick<Project, "manifests">): LockedVersions | null {
  const stated = statedRequirements(project).filter(({ ecosystem }) => ecosystem === "conda");
  const admitted = new Map(stated.map(({ name, specifier }) => [name, specifier]));
  for (const { path, format, isLock, requirements } of project.manifests) {
    const locked = requirements.filter(({ ecosystem, group, name, specifier }) => {
      const bound = admitted.get(name);
      const version = /^==([^*,]+)$/u.exec(specifier)?.[1];
      const counts = isLock && ecosystem === "conda" && group === "";
      return counts && bound !== undefined && version !== undefined && satisfiesSpecifier(version, bound);
    });
    if (locked.length > 0)
      return {
        path,
        format,
        requirements: locked.flatMap((one) => onIndex({ ...one, url: null, hashes: [] }) ?? []),
      };
  }
  return null;
}

/** Locks of the tools that install from them: whoever follows the instructions gets the versions that they name. */
const toolLocks = ["pylock.toml", "uv.lock", "poetry.lock", "pdm.lock", "Pipfile.lock"];

/**
 * The versions that the lock of uv, Poetry, PDM or Pipenv at the root, else requirements with hashes, gives to what the spec names without a version of
 * its own: the spec is pinned by it, and so is installed in them. A name that the lock has in several versions, or in
 * one that the spec does not admit, is left out. Null where none is left.
 */
function lockedByTool(project: Pick<Project, "manifests">): LockedVersions | null {
  const loose = statedRequirements(project).flatMap((one) => (isPinned(one) ? [] : (onIndex(one) ?? [])));
  const atRoot = project.manifests.filter(({ isLock, path }) => isLock && !path.includes("/"));
  const ofTool = toolLocks.flatMap((id) => atRoot.find(({ format }) => format === id) ?? []);
  const lock = ofTool[0] ?? atRoot.find(isLockedSpec);
  if (lock === undefined) return null;
  const versions = versionsIn(lock);
  const requirements = loose.flatMap(({ name, specifier, location, raw, ...more }) => {
    const [version, ...others] = versions.get(name) ?? [];
    if (version === undefined || others.length > 0 || !satisfiesSpecifier(version, specifier)) return [];
    const limit = { ...more, name, raw, location, extras: [], hashes: [], marker: null, url: null };
    return more.url === null ? [{ ...limit, specifier: `==${version}` }] : [];
  });
  return requirements.length === 0 ? null : { path: lock.path, format: lock.format, requirements };
}

/** The versions that a lock has of each package, by the name on the Python index. */
export function versionsIn({ requirements }: Manifest): ReadonlyMap<string, ReadonlySet<string>> {
  const versions = new Map<string, Set<string>>();
  for (const requirement of requirements) {
    const version = /^==([^*,]+)$/u.exec(requirement.specifier)?.[1];
    const name = onIndex(requirement)?.name;
    if (version !== undefined && name !== undefined)
      versions.set(name, (versions.get(name) ?? new Set()).add(version));
  }
  return versions;
}

/** The versions that an install of the spec is held to: of a lock of conda, else of another beside it. */
export function lockedVersions(project: Pick<Project, "manifests">): LockedVersions | null {
  return lockedByConda(project) ?? lockedByTool(project);
}

/** The part of these versions that the spec itself leaves open: whoever installs the spec alone gets others. */
export function openVersions(project: Pick<Project, "manifests">): LockedVersions | null {
  const locked = lockedVersions(project);
  if (locked === null) return null;
  const stated = statedRequirements(project).filter((one) => !isPinned(one));
  const open = new Set(stated.flatMap((one) => onIndex(one)?.name ?? []));
  const requirements = locked.requirements.filter(({ name }) => open.has(name));
  return requirements.length === 0 ? null : { ...locked, requirements };
}

/** What a lock has beyond the versions that the spec itself names; null where that is nothing. */
export function versionsBeyondSpec(
  project: Pick<Project, "manifests">,
  path: string,
  packages: readonly { readonly name: string; readonly version: string; readonly line: number }[],
): LockedVersions | null {
  const stated = new Set(directRequirements(project).map(({ name, specifier }) => `${name}${specifier}`));
  const format = project.manifests.find((one) => one.path === path)?.format;
  const beyond = [...new Map(packages.map((one) => [`${one.name}==${one.version}`, one]))].filter(
    ([pin, { version }]) => version !== "" && !stated.has(pin),
  );
  if (format === undefined || beyond.length === 0) return null;
  const requirements = beyond.flatMap(
    ([pin, { line }]) => parseRequirement(pin, { location: { file: path, line } }) ?? [],
  );
  return { path, format, requirements };
}

/** The names that an install of the spec takes in a lock's version, and no others: such a requirement needs no pin. */
export function lockedNames(project: Pick<Project, "manifests">): ReadonlySet<string> {
  return new Set(lockedVersions(project)?.requirements.map(({ name }) => name));
}
