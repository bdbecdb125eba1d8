import { onIndex, pypiName } from "../manifests/index.ts";
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

/** Which package it is: conda and the Python index may give one name to two. */
type PackageName = Pick<Requirement, "ecosystem" | "name">;

/**
 * Whether a lock of the project gives a package its version: such a requirement needs no pin of its own. What conda is
 * asked for may be locked as what the Python index has of it.
 */
export function lockedIn(project: Project): (wanted: PackageName) => boolean {
  const key = ({ ecosystem, name }: PackageName): string => `${ecosystem} ${name}`;
  const locks = project.manifests.filter((manifest) => manifest.isLock);
  const locked = new Set(locks.flatMap(({ requirements }) => requirements.map(key)));
  return (wanted) =>
    wanted.name !== "" &&
    (locked.has(key(wanted)) ||
      (wanted.ecosystem === "conda" && locked.has(`pypi ${pypiName(wanted.name) ?? ""}`)));
}
