import { onIndex, satisfiesSpecifier } from "../manifests/index.ts";
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

/** conda's lock beside the spec, with the versions that it gives to the conda packages that the spec names. */
export interface CondaLocked {
  readonly path: string;
  readonly requirements: readonly Requirement[];
}

/**
 * The artifacts that it names are conda's, and so only its versions count; of what these packages need in turn, the
 * Python index decides. A version that the spec does not admit is from another
 * state of it, and does not count. Null where none is left.
 */
export function lockedByConda(project: Pick<Project, "manifests">): CondaLocked | null {
  const stated = statedRequirements(project).filter(({ ecosystem }) => ecosystem === "conda");
  const admitted = new Map(stated.map(({ name, specifier }) => [name, specifier]));
  for (const { path, isLock, requirements } of project.manifests) {
    const locked = requirements.filter(({ ecosystem, group, name, specifier }) => {
      const bound = admitted.get(name);
      const version = /^==([^*,]+)$/u.exec(specifier)?.[1];
      const counts = isLock && ecosystem === "conda" && group === "";
      return counts && bound !== undefined && version !== undefined && satisfiesSpecifier(version, bound);
    });
    if (locked.length > 0)
      return {
        path,
        requirements: locked.flatMap((one) => onIndex({ ...one, url: null, hashes: [] }) ?? []),
      };
  }
  return null;
}

/** The names that the project's locks give a version: such a requirement needs no pin of its own. */
export function lockedNames(project: Project): ReadonlySet<string> {
  const locked = project.manifests
    .filter(({ isLock }) => isLock)
    .flatMap(({ requirements }) => requirements.filter(({ ecosystem }) => ecosystem === "pypi"));
  const ofConda = lockedByConda(project)?.requirements ?? [];
  return new Set([...locked, ...ofConda].map(({ name }) => name).filter((name) => name !== ""));
}
