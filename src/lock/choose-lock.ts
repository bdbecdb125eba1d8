import type { Manifest } from "../model/index.ts";
import { lockFormats } from "./formats/lock-formats.ts";

/** A lock as it lies in the project; its format is known by its name. */
export interface LockFile {
  /** Relative to the project's root. */
  readonly path: string;
  readonly text: string;
}

/**
 * The path of the lock that a project is installed from: of those at its root the first in the order of the formats
 * (pylock.toml, then those of uv, Poetry, PDM and Pipenv, then requirements with hashes), else a pylock.toml further
 * down. Null where there is none. `files` are relative to the root.
 */
export function chooseLock(files: readonly string[], manifests: readonly Manifest[]): string | null {
  const atRoot = files.filter((file) => !file.includes("/"));
  for (const { id, matches } of lockFormats) {
    const found = atRoot.filter(matches).sort();
    const chosen =
      id === "requirements.txt" ? hashed(manifests) : (found.find((file) => file === id) ?? found[0]);
    if (chosen !== undefined) return chosen;
  }
  return manifests.find(({ format }) => format === "pylock.toml")?.path ?? null;
}

/** pip asks for hashes of everything as soon as one requirement has any. */
function hashed(manifests: readonly Manifest[]): string | undefined {
  const found = manifests.filter(
    ({ format, path, requirements }) =>
      format === "requirements.txt" &&
      !path.includes("/") &&
      requirements.some(({ hashes, group }) => hashes.length > 0 && group === ""),
  );
  return (found.find(({ path }) => path === "requirements.txt") ?? found[0])?.path;
}
