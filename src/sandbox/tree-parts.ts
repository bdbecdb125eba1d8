import { basename } from "node:path";
import { cacheFolders } from "../model/index.ts";
import { isEnvironmentFolder, joinPath } from "../system/index.ts";

/** True for folders that hold no outputs. */
export function isCacheFolder(root: string, relative: string): boolean {
  const name = basename(relative);
  return (
    cacheFolders.has(name) ||
    name === ".git" ||
    name === ".rung" ||
    isEnvironmentFolder(joinPath(root, relative))
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
  if (name === ".git" || name === "node_modules" || isEnvironmentFolder(joinPath(root, relative)))
    return "show";
  return "copy";
}
