import { listTree, type TreeEntry } from "../system/index.ts";
import { isCacheFile, isCacheFolder } from "./tree-parts.ts";

/** The files and links of a tree by path, caches apart. */
export type Snapshot = ReadonlyMap<string, TreeEntry>;

export function takeSnapshot(root: string): Snapshot {
  const { entries } = listTree(root, (directory) => isCacheFolder(root, directory));
  const kept = entries.filter(
    (entry) => (entry.kind === "file" || entry.kind === "symlink") && !isCacheFile(entry.path),
  );
  return new Map(kept.map((entry) => [entry.path, entry]));
}

export interface Touched {
  readonly path: string;
  readonly before: TreeEntry | null;
  readonly after: TreeEntry | null;
}

/** What a run touched, sorted by path. Content is not looked at: a write leaves a new time, inode, size or mode. */
export function touchedBetween(before: Snapshot, after: Snapshot): Touched[] {
  const touched: Touched[] = [];
  for (const path of new Set([...before.keys(), ...after.keys()])) {
    const old = before.get(path) ?? null;
    const fresh = after.get(path) ?? null;
    if (old === null || fresh === null || !isUntouched(old, fresh)) {
      touched.push({ path, before: old, after: fresh });
    }
  }
  return touched.sort((a, b) => (a.path < b.path ? -1 : 1));
}

function isUntouched(a: TreeEntry, b: TreeEntry): boolean {
  return (
    a.kind === b.kind &&
    a.size === b.size &&
    a.mode === b.mode &&
    a.mtimeMs === b.mtimeMs &&
    a.ctimeMs === b.ctimeMs &&
    a.inode === b.inode
  );
}
