import { posix } from "node:path";
import type { ProjectFile } from "../../model/index.ts";
import { copyEntry, hashFile, joinPath, makeDirectory, readLink, sha256 } from "../../system/index.ts";
import type { BuildRequest } from "./build-wheel.ts";

/** A project's files, from which packages that lie in it are built. */
export interface ProjectTree {
  /** Absolute path. */
  readonly root: string;
  /** What others get of it. */
  readonly files: readonly ProjectFile[];
}

/**
 * The folder of a project that a lock names (pylock's `directory`, "." for the project itself), "" for the root; null
 * where it leads out of the project.
 */
export function folderInProject(url: string): string | null {
  const plain = posix.normalize(url.replace(/^file:(?:\/\/)?(?=\.)/u, "").replace(/\/+$/u, "") || ".");
  if (plain === ".") return "";
  return plain.startsWith("/") || plain.startsWith("../") || plain === ".." || plain.includes(":")
    ? null
    : plain;
}

/** How a package is built from such a folder: from what others get of it, and nothing else that lies there. */
export function folderSource(
  { root, files }: ProjectTree,
  folder: string,
): Pick<BuildRequest, "digest" | "unpack"> {
  const below = folder === "" ? files : files.filter(({ path }) => path.startsWith(`${folder}/`));
  const digest = (file: ProjectFile): string =>
    file.kind === "symlink"
      ? sha256(readLink(joinPath(root, file.path)))
      : hashFile(joinPath(root, file.path));
  return {
    digest: sha256(
      JSON.stringify(below.map((file) => [file.path, file.kind, file.mode & 0o100, digest(file)])),
    ),
    unpack: async (to) => {
      for (const { path } of below) {
        const place = joinPath(to, folder === "" ? path : path.slice(folder.length + 1));
        makeDirectory(posix.dirname(place));
        copyEntry(joinPath(root, path), place);
      }
      await Promise.resolve();
    },
  };
}
