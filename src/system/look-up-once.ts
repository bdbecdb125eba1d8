import { lstatSync } from "node:fs";
import { dirname } from "node:path";
import { realPath } from "./entries.ts";
import { lookUp, type Found } from "./files.ts";
import { joinPath, toNative } from "./paths.ts";
import type { TreeEntry } from "./tree.ts";

/**
 * `lookUp` for many normal absolute paths while nothing changes: each is asked for once, and so is the real path of each
 * folder, which is most of the work. `listed` are files below the real path `root` that need not be asked for.
 */
export function lookUpOnce(
  root = "",
  listed: ReadonlyMap<string, TreeEntry> = new Map(),
): (path: string) => Found | null {
  const start = `${root}/`;
  const inRoot = (path: string): Found | null => {
    const entry = path.startsWith(start) ? listed.get(path.slice(root.length + 1)) : undefined;
    if (entry?.kind !== "file") return null;
    return {
      realPath: path,
      size: entry.size,
      mtimeMs: entry.mtimeMs,
      mode: entry.mode & 0o777,
      isFile: true,
    };
  };
  const found = new Map<string, Found | null>();
  const folders = new Map<string, string | null>();
  const realFolder = (folder: string): string | null => {
    const known = folders.get(folder);
    if (known !== undefined) return known;
    const real = realPath(folder);
    folders.set(folder, real);
    return real;
  };
  const look = (path: string): Found | null => {
    try {
      const stat = lstatSync(toNative(path), { throwIfNoEntry: false });
      if (stat === undefined) return null;
      const folder = stat.isSymbolicLink() ? null : realFolder(dirname(path));
      if (folder === null) return lookUp(path);
      const { size, mtimeMs } = stat;
      const name = path.slice(path.lastIndexOf("/") + 1);
      return {
        realPath: joinPath(folder, name),
        size,
        mtimeMs,
        mode: stat.mode & 0o777,
        isFile: stat.isFile(),
      };
    } catch {
      return null;
    }
  };
  return (path) => {
    const known = found.get(path);
    if (known !== undefined) return known;
    const one = inRoot(path) ?? look(path);
    found.set(path, one);
    return one;
  };
}
