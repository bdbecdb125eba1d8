import { onIndex, requirementLine } from "../manifests/index.ts";
import type { Manifest, Project, Requirement } from "../model/index.ts";
import { exists, joinPath, readText, writeScratch } from "../system/index.ts";
import { lockedVersions, specManifests, type LockedVersions } from "./spec-files.ts";

/** The spec in files that an installer reads. */
export interface InstallerFiles {
  /** Relative to the root, or absolute. */
  readonly files: readonly string[];
  /** What they were made from, where they are not the owner's own. */
  readonly origin?: string;
}

/**
 * The files of the spec as they stand in `tree`; where an installer cannot read them (a Pipfile, what conda reads) or
 * would have to build the project to (Poetry's tables), what they ask of the Python index, as a requirements file in the
 * folder `scratch`.
 */
export function installerFiles(project: Project, tree: string, scratch: string): InstallerFiles {
  return installable(specManifests(project), tree, scratch, lockedVersions(project));
}

/** The same of some manifests, in the versions that a lock gives. */
export function installable(
  manifests: readonly Manifest[],
  tree: string,
  scratch: string,
  locked: LockedVersions | null = null,
): InstallerFiles {
  const files = manifests.map(({ path }) => path);
  const isWritten = manifests.some((manifest) => needsWriting(manifest, tree));
  if (!isWritten && locked === null) return { files };
  const written = joinPath(scratch, "requirements.in");
  const limits = [
    ...manifests.flatMap(({ constraints }) => constraints),
    ...(locked?.requirements ?? []),
  ].map(requirementLine);
  const limiting = joinPath(scratch, "constraints.txt");
  if (limits.length > 0) writeScratch(limiting, [...limits, ""].join("\n"), 0o600);
  const option = limits.length > 0 ? `-c ${limiting}\n` : "";
  writeScratch(written, `${option}${isWritten ? requirementsOf(manifests) : ""}`, 0o600);
  const ofConda = manifests.some((manifest) =>
    runsWith(manifest).some(({ ecosystem }) => ecosystem === "conda"),
  );
  const notes = [
    ...(ofConda ? ["packages from the Python index"] : []),
    ...(locked === null ? [] : [`versions of ${locked.path}`]),
  ];
  const note = notes.length === 0 ? "" : ` (${notes.join(", ")})`;
  return {
    files: isWritten ? [written] : [...files, written],
    origin: `${files.join(", ")}${note}`,
  };
}

const runsWith = ({ requirements }: Manifest): readonly Requirement[] =>
  requirements.filter(({ group }) => group === "");

/** What manifests ask of the Python index, as the text of a requirements file. */
export function requirementsOf(manifests: readonly Manifest[]): string {
  const asked = manifests.flatMap(runsWith).flatMap((requirement) => onIndex(requirement) ?? []);
  const indexes = manifests.flatMap((manifest) => manifest.indexes).filter(({ kind }) => kind !== "channel");
  const options = indexes.map(({ kind, url }) => `--${kind === "index" ? "index-url" : kind} ${url}`);
  return [...new Set([...options, ...asked.map(requirementLine)]), ""].join("\n");
}

function needsWriting(manifest: Manifest, tree: string): boolean {
  const { format, findings } = manifest;
  if (format === "requirements.txt") return false;
  // What is computed is known to no reader: the build says it.
  if (format === "setup.py") return findings.every(({ rule }) => rule !== "setup-py-computed");
  if (format !== "pyproject.toml") return true;
  if (runsWith(manifest).some(({ ecosystem }) => ecosystem === "conda")) return true;
  const file = joinPath(tree, manifest.path);
  const text = exists(file) ? readText(file) : "";
  if (!/^\[tool\.poetry\.dependencies\]/mu.test(text) || /^dependencies\s*=/mu.test(text)) return false;
  const isLocal = manifest.requirements.some(({ url }) => url !== null && !/^[a-z][a-z+]*:/iu.test(url));
  return !isLocal && findings.every(({ rule }) => rule !== "poetry-constraint-unclear");
}
