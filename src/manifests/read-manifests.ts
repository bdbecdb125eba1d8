import { ToolError, type Manifest, type Requirement } from "../model/index.ts";
import { checkRequirements } from "./declared/check-requirements.ts";
import { manifestFormats } from "./formats.ts";
import { lockedPackages, type LockedPackages } from "./locked/locked-package.ts";
import type { ManifestEdits, ManifestFormat, ReadContext } from "./manifest-format.ts";
import { requirementsTxt } from "./requirements-txt/index.ts";

/**
 * Reads each of the paths (relative to the project's root) that some format knows; the others are passed over.
 * `readFile` gives a file's text, or null where there is none; it is also asked for the files that one includes.
 * `exists` tells whether a file is there without reading it; by default it asks `readFile`.
 */
export function readManifests(
  paths: readonly string[],
  readFile: ReadContext["readFile"],
  exists: ReadContext["exists"] = (path) => readFile(path) !== null,
): readonly Manifest[] {
  const context: ReadContext = { readFile, exists };
  const manifests: Manifest[] = [];
  for (const path of paths) {
    const format = manifestFormats.find((candidate) => candidate.matches(path));
    const text = format === undefined ? null : readFile(path);
    if (format === undefined || text === null || format.recognises?.(path, text) === false) continue;
    const manifest = format.read(path, text, context);
    const findings = [...manifest.findings, ...checkRequirements(manifest)];
    manifests.push({ ...manifest, findings });
  }
  return manifests;
}

/**
 * What a lock holds for what the project itself runs with, each package with its files; `format` is the id of its format.
 * `declared` is what that is: some locks do not say what is for development alone, and are followed from there.
 */
export function readLockedPackages(
  format: string,
  path: string,
  text: string,
  declared: readonly Requirement[],
): LockedPackages {
  const read = manifestFormats.find(({ id }) => id === format)?.readPackages;
  return read?.(path, text, declared) ?? lockedPackages([], { python: null, findings: [] });
}

function included(path: string): ManifestFormat | undefined {
  return /\.(?:txt|in|pip)$/u.test(path) ? requirementsTxt : undefined;
}

function editsOf(path: string): ManifestEdits {
  // A file that is included by -r has the syntax of requirements.txt, whatever it is called.
  const edits = (manifestFormats.find((format) => format.matches(path)) ?? included(path))?.edits;
  if (edits !== undefined) return edits;
  throw new ToolError("USAGE", `requirements cannot be written into ${path}`, {
    hint: "name a requirements.txt or a pyproject.toml",
  });
}

/**
 * The text with each named requirement at `==version`: extras, markers, comments, order and line endings stay.
 * Names are normalised as PEP 503 says. Throws ToolError USAGE for a file that holds no editable requirements.
 */
export function pinRequirements(path: string, text: string, pins: ReadonlyMap<string, string>): string {
  return editsOf(path).pin(text, pins);
}

/** Whether the requirements of such a file can be edited in place. */
export function isEditable(path: string): boolean {
  return (manifestFormats.find((format) => format.matches(path)) ?? included(path))?.edits !== undefined;
}

/** Whether `addRequirements` has a place for requirements in this file (a pyproject.toml needs a [project] table). */
export function acceptsRequirements(path: string, text: string | null): boolean {
  const edits = manifestFormats.find((format) => format.matches(path))?.edits;
  return edits !== undefined && edits.add(text, []) !== null;
}

/**
 * The text (null: there is no file yet) with PEP 508 requirements added; those whose name is there already are left out.
 * Throws ToolError USAGE where the file has no place for them.
 */
export function addRequirements(path: string, text: string | null, requirements: readonly string[]): string {
  const added = editsOf(path).add(text, requirements);
  if (added !== null) return added;
  throw new ToolError("USAGE", `${path} has no [project] table to write dependencies into`, {
    hint: "add a [project] table with a name and a version, or use a requirements.txt",
    location: { file: path },
  });
}
