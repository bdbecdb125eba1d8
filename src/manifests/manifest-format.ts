import type { LockedPackages } from "./locked/locked-package.ts";
import type { Command, Finding, Manifest, Requirement } from "../model/index.ts";

/** What a reader may look at besides its own file. Paths are relative to the project's root. */
export interface ReadContext {
  /** The file's text, or null where there is none (or it may not be read). */
  readonly readFile: (path: string) => string | null;
  /** Whether the project holds a file; asked where only that matters, for files that may be large. */
  readonly exists: (path: string) => boolean;
}

/** Edits of a file's text. Each keeps comments, order and line endings; an edit that changes nothing gives the same text. */
export interface ManifestEdits {
  /** Fixes each named requirement to `==version`; names normalised as PEP 503 says. */
  readonly pin: (text: string, pins: ReadonlyMap<string, string>) => string;
  /** Adds PEP 508 requirements whose names are not there yet; null where the text has no place for them. */
  readonly add: (text: string | null, requirements: readonly string[]) => string | null;
}

/** One kind of file that declares dependencies, a Python version or commands. */
export interface ManifestFormat {
  readonly id: string;
  /** Whether a path (relative to the project's root) is a file of this kind, by its name alone. */
  readonly matches: (path: string) => boolean;
  /** Whether the text is of this kind, where names that `matches` takes may stand for other things too; else the file is passed over. */
  readonly recognises?: (path: string, text: string) => boolean;
  /** Pure; whatever is wrong with the text becomes a finding, never an exception. */
  readonly read: (path: string, text: string, context: ReadContext) => Manifest;
  readonly edits?: ManifestEdits;
  /** For locks that name their files. `declared`: what the project runs with; some locks do not say what is for development alone. */
  readonly readPackages?: (path: string, text: string, declared: readonly Requirement[]) => LockedPackages;
}

/** Declares a format. A new one is a folder of its own and a line in formats.ts. */
export function defineManifestFormat(format: ManifestFormat): ManifestFormat {
  return format;
}

/** The parts of a manifest that a format found; what it does not know is empty. */
export interface ManifestParts {
  readonly projectName?: string | null;
  readonly requirements?: readonly Requirement[];
  readonly constraints?: readonly Requirement[];
  readonly python?: Manifest["python"];
  readonly commands?: readonly Command[];
  readonly systemPackages?: Manifest["systemPackages"];
  readonly indexes?: Manifest["indexes"];
  readonly variables?: Manifest["variables"];
  readonly downloads?: Manifest["downloads"];
  readonly isLock?: boolean;
  readonly findings?: readonly Finding[];
}

export function makeManifest(format: string, path: string, parts: ManifestParts): Manifest {
  return {
    format,
    path,
    projectName: parts.projectName ?? null,
    requirements: parts.requirements ?? [],
    constraints: parts.constraints ?? [],
    python: parts.python ?? null,
    commands: parts.commands ?? [],
    systemPackages: parts.systemPackages ?? [],
    indexes: parts.indexes ?? [],
    variables: parts.variables ?? [],
    downloads: parts.downloads ?? [],
    isLock: parts.isLock ?? false,
    findings: parts.findings ?? [],
  };
}

/** The last part of a path. */
export const baseName = (path: string): string => path.slice(path.lastIndexOf("/") + 1);

/** The folder of a path: "" for the root, else with a slash at its end. */
export const folderOf = (path: string): string => path.slice(0, path.lastIndexOf("/") + 1);

/** `path` seen from `folder`, with "." and ".." resolved; null where it is absolute or leaves the root. */
export function resolvePath(folder: string, path: string): string | null {
  if (/^([/\\~]|[A-Za-z]:)/u.test(path)) return null;
  const parts: string[] = [];
  for (const part of `${folder}${folder === "" || folder.endsWith("/") ? "" : "/"}${path}`.split("/")) {
    if (part === "" || part === ".") continue;
    if (part !== "..") parts.push(part);
    else if (parts.pop() === undefined) return null;
  }
  return parts.join("/");
}
