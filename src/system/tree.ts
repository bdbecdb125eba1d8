import fs from "node:fs";
import { decodeName, joinPath, toNative } from "./paths.ts";

/** One entry below a root; `path` is relative to it, with forward slashes. Sizes in bytes, times in milliseconds. */
export interface TreeEntry {
  readonly path: string;
  readonly kind: "file" | "directory" | "symlink" | "other";
  readonly size: number;
  readonly mode: number;
  readonly mtimeMs: number;
  readonly ctimeMs: number;
  readonly inode: number;
}

export interface TreeListing {
  readonly entries: readonly TreeEntry[];
  /** Folders that could not be listed, with the reason. */
  readonly unreadable: readonly { readonly path: string; readonly reason: string }[];
}

/**
 * Everything below `root`, sorted by path in the order of UTF-16 code units. Symbolic links are listed and never followed, so loops
 * end. `skip` gets each folder's relative path and says which are left out whole. An entry that is as in `known` is that one
 * itself.
 */
export function listTree(
  root: string,
  skip: (directory: string) => boolean = () => false,
  known: ReadonlyMap<string, TreeEntry> = new Map(),
): TreeListing {
  const entries: TreeEntry[] = [];
  const unreadable: { path: string; reason: string }[] = [];
  const visit = (directory: string): void => {
    let names: readonly string[];
    try {
      names = namesIn(joinPath(root, directory));
    } catch (error) {
      unreadable.push({
        path: directory || ".",
        reason: (error as NodeJS.ErrnoException).code ?? String(error),
      });
      return;
    }
    for (const name of names) {
      const relative = directory === "" ? name : `${directory}/${name}`;
      let stat: fs.Stats | undefined;
      try {
        stat = fs.lstatSync(toNative(`${root}/${relative}`), { throwIfNoEntry: false });
      } catch (error) {
        // A folder that may be listed and not entered: nothing below it can be reached.
        unreadable.push({
          path: directory || ".",
          reason: (error as NodeJS.ErrnoException).code ?? String(error),
        });
        return;
      }
      if (stat === undefined) continue;
      const kind = kindOf(stat);
      if (kind === "directory" && skip(relative)) continue;
      const before = known.get(relative);
      entries.push(before !== undefined && isAs(before, kind, stat) ? before : entryOf(relative, kind, stat));
      if (kind === "directory") visit(relative);
    }
  };
  visit("");
  // Nearly in order already: a folder's own names are, but "a.txt" comes between "a" and "a/b".
  entries.sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
  return { entries, unreadable };
}

function entryOf(path: string, kind: TreeEntry["kind"], stat: fs.Stats): TreeEntry {
  return {
    path,
    kind,
    size: stat.size,
    mode: stat.mode & 0o7777,
    mtimeMs: stat.mtimeMs,
    ctimeMs: stat.ctimeMs,
    inode: stat.ino,
  };
}

function isAs(known: TreeEntry, kind: TreeEntry["kind"], stat: fs.Stats): boolean {
  return (
    known.kind === kind &&
    known.size === stat.size &&
    known.mode === (stat.mode & 0o7777) &&
    known.mtimeMs === stat.mtimeMs &&
    known.ctimeMs === stat.ctimeMs &&
    known.inode === stat.ino
  );
}

/** Sorted. Names that are not UTF-8 are rare, and to decode each takes as long as to list them. */
function namesIn(directory: string): readonly string[] {
  const native = toNative(directory);
  const names = fs.readdirSync(native);
  const isPlain = !names.some((name) => name.includes("\ufffd"));
  return (isPlain ? names : fs.readdirSync(native, { encoding: "buffer" }).map(decodeName)).sort();
}

function kindOf(stat: fs.Stats): TreeEntry["kind"] {
  if (stat.isSymbolicLink()) return "symlink";
  if (stat.isDirectory()) return "directory";
  return stat.isFile() ? "file" : "other";
}
