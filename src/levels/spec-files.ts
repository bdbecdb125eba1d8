import type { Manifest, Project, Requirement } from "../model/index.ts";

/**
 * The files that say what to install, relative to the root: requirements.txt where there is one, else pyproject.toml or
 * a Pipfile, else another requirements file, else a requirements file that is the lock as well. Empty where the project
 * declares nothing.
 */
export function specFiles(project: Project): readonly string[] {
  return specManifests(project).map((manifest) => manifest.path);
}

export function specManifests(project: Project): readonly Manifest[] {
  const specs = project.manifests.filter((manifest) => !manifest.isLock && specFormats.has(manifest.format));
  const main =
    specs.find((manifest) => manifest.path === "requirements.txt") ?? specs.find(declaresDependencies);
  if (main !== undefined) return [main];
  const loose = specs.filter((manifest) => manifest.format === "requirements.txt");
  return (loose.length > 0 ? loose : project.manifests.filter(isLockedSpec)).slice(0, 1);
}

const specFormats = new Set(["requirements.txt", "pyproject.toml", "Pipfile"]);

const isLockedSpec = ({ format, path, isLock }: Manifest): boolean =>
  isLock && format === "requirements.txt" && !path.includes("/");

function declaresDependencies(manifest: Manifest): boolean {
  return (
    (manifest.format === "pyproject.toml" || manifest.path === "Pipfile") &&
    manifest.requirements.some(({ ecosystem, group }) => ecosystem === "pypi" && group !== "build-system")
  );
}

/** What the project runs with: the requirements of the spec, without build and optional groups. */
export function directRequirements(project: Project): readonly Requirement[] {
  return specManifests(project).flatMap((manifest) =>
    // What [tool.pixi] asks of conda is not installed from the Python index.
    manifest.requirements.filter(({ ecosystem, group }) => ecosystem === "pypi" && group === ""),
  );
}

/** Which package it is: conda and the Python index may give one name to two. */
type PackageName = Pick<Requirement, "ecosystem" | "name">;

/** Whether a lock of the project gives a package its version: such a requirement needs no pin of its own. */
export function lockedIn(project: Project): (wanted: PackageName) => boolean {
  const key = ({ ecosystem, name }: PackageName): string => `${ecosystem} ${name}`;
  const locks = project.manifests.filter((manifest) => manifest.isLock);
  const locked = new Set(locks.flatMap(({ requirements }) => requirements.map(key)));
  return (wanted) => wanted.name !== "" && locked.has(key(wanted));
}
