import { requirementLine } from "../manifests/index.ts";
import type { Manifest, Project } from "../model/index.ts";
import { exists, joinPath, readText, writeScratch } from "../system/index.ts";
import { directRequirements, specManifests } from "./spec-files.ts";

/** The spec in files that an installer reads. */
export interface InstallerFiles {
  /** Relative to the root, or absolute. */
  readonly files: readonly string[];
  /** What they were made from, where they are not the owner's own. */
  readonly origin?: string;
}

/**
 * The files of the spec as they stand in `tree`; where an installer cannot read them (a Pipfile) or would have to build
 * the project to (Poetry's tables), what they declare, as a requirements file in the folder `scratch`.
 */
export function installerFiles(project: Project, tree: string, scratch: string): InstallerFiles {
  const manifests = specManifests(project);
  const files = manifests.map(({ path }) => path);
  if (!manifests.some((manifest) => needsWriting(manifest, tree))) return { files };
  const written = joinPath(scratch, "requirements.in");
  const lines = directRequirements(project).map(requirementLine);
  const indexes = manifests.flatMap((manifest) => manifest.indexes).filter(({ kind }) => kind !== "channel");
  const options = indexes.map(({ kind, url }) => `--${kind === "index" ? "index-url" : kind} ${url}`);
  writeScratch(written, [...new Set(options), ...lines, ""].join("\n"), 0o600);
  return { files: [written], origin: files.join(", ") };
}

function needsWriting(manifest: Manifest, tree: string): boolean {
  if (manifest.format === "Pipfile") return true;
  if (manifest.format !== "pyproject.toml") return false;
  const file = joinPath(tree, manifest.path);
  const text = exists(file) ? readText(file) : "";
  if (!/^\[tool\.poetry\.dependencies\]/mu.test(text) || /^dependencies\s*=/mu.test(text)) return false;
  const isLocal = manifest.requirements.some(({ url }) => url !== null && !/^[a-z][a-z+]*:/iu.test(url));
  return !isLocal && manifest.findings.every(({ rule }) => rule !== "poetry-constraint-unclear");
}
