import { basename } from "node:path";
import { cacheFolders } from "../model/index.ts";
import { entryKind, isDirectory, joinPath } from "../system/index.ts";

/**
 * True for a Python environment: a virtual one (PEP 405) or conda's. The marker alone makes none, since a folder of
 * results would vanish behind it: an interpreter, or conda's own history, has to be there too.
 */
function isEnvironment(directory: string): boolean {
  const has = (name: string): boolean => entryKind(`${directory}/${name}`) !== null;
  const hasPython = has("bin/python") || has("Scripts/python.exe");
  if (entryKind(`${directory}/pyvenv.cfg`) === "file") return hasPython;
  return isDirectory(`${directory}/conda-meta`) && (hasPython || has("conda-meta/history"));
}

/** True for folders that hold no outputs. */
export function isCacheFolder(root: string, relative: string): boolean {
  const name = basename(relative);
  return (
    cacheFolders.has(name) || name === ".git" || name === ".rung" || isEnvironment(joinPath(root, relative))
  );
}

/** True for files that hold no outputs although they lie among them. */
export function isCacheFile(relative: string): boolean {
  const name = basename(relative);
  return name.endsWith(".pyc") || name === ".coverage" || name.startsWith(".coverage.");
}

/** How a fresh copy deals with a folder: copies it, leaves it out, or shows the original, read-only. */
export function copyRule(root: string, relative: string): "copy" | "leave" | "show" {
  const name = basename(relative);
  if (name === "__pycache__" || name === ".rung") return "leave";
  if (name === ".git" || name === "node_modules" || isEnvironment(joinPath(root, relative))) return "show";
  return "copy";
}
