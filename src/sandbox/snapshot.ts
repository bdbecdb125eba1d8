import { joinPath, listTree, type TreeEntry } from "../system/index.ts";
import { isCacheFile, isCacheFolder } from "./tree-parts.ts";

/** The files and links of a tree by path, caches apart. */
export type Snapshot = ReadonlyMap<string, TreeEntry>;

/** What is as it was `before` is the same entry. */
export function takeSnapshot(root: string, before?: Snapshot): Snapshot {
  return snapshotOf(listTree(root, (directory) => isCacheFolder(root, directory), before).entries);
}

/** As takeSnapshot, of a tree whose files were just listed, but for the `omitted` folders. */
export function listedSnapshot(
  root: string,
  { entries, omitted }: { readonly entries: readonly TreeEntry[]; readonly omitted: readonly string[] },
): Snapshot {
  const inOmitted = omitted
    .filter((folder) => !isCacheFolder(root, folder))
    .flatMap((folder) =>
      listTree(joinPath(root, folder), (below) => isCacheFolder(root, joinPath(folder, below))).entries.map(
        (entry) => ({ ...entry, path: joinPath(folder, entry.path) }),
      ),
    );
  return snapshotOf([...entries, ...inOmitted]);
}

function snapshotOf(entries: readonly TreeEntry[]): Snapshot {
  const snapshot = new Map<string, TreeEntry>();
  for (const entry of entries)
    if ((entry.kind === "file" || entry.kind === "symlink") && !isCacheFile(entry.path))
      snapshot.set(entry.path, entry);
  return snapshot;
}

export interface Touched {
  readonly path: string;
  readonly before: TreeEntry | null;
  readonly after: TreeEntry | null;
}

/** What a run touched, sorted by path. Content is not looked at: a write leaves a new time, inode, size or mode. */
export function touchedBetween(before: Snapshot, after: Snapshot): Touched[] {
  const touched: Touched[] = [];
  for (const [path, fresh] of after) {
    const old = before.get(path) ?? null;
    if (old !== fresh && (old === null || !isUntouched(old, fresh)))
      touched.push({ path, before: old, after: fresh });
  }
  for (const [path, old] of before) if (!after.has(path)) touched.push({ path, before: old, after: null });
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
