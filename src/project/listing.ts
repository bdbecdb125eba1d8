import path from "node:path";
import { cacheFolders, makeFinding, ToolError, type Finding, type ProjectFile } from "../model/index.ts";
import { isDirectory, isEnvironmentFolder, listTree, type TreeEntry } from "../system/index.ts";

const otherFolders = new Set([".git", ".hg", ".svn", ".rung", "node_modules"]);

/** The absolute path of a project folder. Throws ToolError PROJECT_NOT_FOUND. */
export function projectRoot(directory: string): string {
  const root = path.resolve(directory);
  if (isDirectory(root)) return root;
  throw new ToolError("PROJECT_NOT_FOUND", `${root} is not a folder`, {
    // Node hands us arguments and the working folder as text: bytes that are not UTF-8 are lost on the way.
    hint: root.includes("\ufffd")
      ? "Its name is not UTF-8. Make a link to it with a plain name, and give that."
      : "Give the project's folder, or leave it out for the folder you are in.",
  });
}

export interface Listing {
  /** Every file and symbolic link that could be an input, sorted by path. */
  readonly entries: readonly TreeEntry[];
  /** The folders that were left out whole. */
  readonly omitted: readonly string[];
  readonly findings: readonly Finding[];
}

/** The files of a tree that could be inputs: caches, version control and virtual environments are left out whole. */
export function listProject(root: string): Listing {
  const omitted: string[] = [];
  const { entries, unreadable } = listTree(root, (directory) => {
    const name = directory.slice(directory.lastIndexOf("/") + 1);
    const isLeftOut =
      cacheFolders.has(name) ||
      otherFolders.has(name) ||
      name.endsWith(".egg-info") ||
      isEnvironmentFolder(`${root}/${directory}`);
    if (isLeftOut) omitted.push(directory);
    return isLeftOut;
  });
  return {
    entries: entries.filter(
      (entry) => (entry.kind === "file" && !entry.path.endsWith(".pyc")) || entry.kind === "symlink",
    ),
    omitted,
    findings: unreadable.map(({ path, reason }) =>
      makeFinding("unreadable-folder", "error", `The folder ${path} cannot be read (${reason})`, {
        file: path,
        why: "What lies in it is unknown: it cannot be compared, archived or proved.",
        fix: `Give yourself the right to read it (chmod u+rx ${path}), or remove it.`,
      }),
    ),
  };
}

export function toProjectFile(entry: TreeEntry): ProjectFile {
  return {
    path: entry.path,
    size: entry.size,
    mode: entry.mode,
    kind: entry.kind === "symlink" ? "symlink" : "file",
    mtimeMs: entry.mtimeMs,
  };
}
