import type { DatabaseSync } from "node:sqlite";
import { hashFile, readLink, sha256, type TreeEntry } from "../system/index.ts";

/** A file touched less than this many milliseconds ago may change again within one tick of its time stamp. */
const racyMs = 200;

interface Row {
  readonly path: string;
  readonly size: number;
  readonly mtime: number;
  readonly ctime: number;
  readonly inode: number;
  readonly digest: string;
}

/**
 * The sha256 of each entry's content (of its target, for a symbolic link), by path. Files whose size, times and inode
 * are those of the last call are not read again, as Git's index does it.
 */
export function digestEntries(
  database: DatabaseSync | null,
  root: string,
  entries: readonly TreeEntry[],
  nowMs: number = Date.now(),
): Map<string, string> {
  const known = new Map<string, Row>();
  if (database !== null) {
    const rows = database.prepare("SELECT * FROM digests").all() as unknown as Row[];
    for (const row of rows) known.set(row.path, row);
  }
  const digests = new Map<string, string>();
  const fresh: Row[] = [];
  for (const entry of entries) {
    if (entry.kind !== "file" && entry.kind !== "symlink") continue;
    const key = JSON.stringify(entry.path);
    const row = known.get(key);
    if (row !== undefined && isSame(row, entry)) {
      digests.set(entry.path, row.digest);
      continue;
    }
    const file = `${root}/${entry.path}`;
    const digest = entry.kind === "symlink" ? sha256(readLink(file)) : hashFile(file);
    digests.set(entry.path, digest);
    if (nowMs - Math.max(entry.ctimeMs, entry.mtimeMs) > racyMs) {
      fresh.push({
        path: key,
        size: entry.size,
        mtime: entry.mtimeMs,
        ctime: entry.ctimeMs,
        inode: entry.inode,
        digest,
      });
    }
  }
  if (database !== null && fresh.length > 0) remember(database, fresh);
  return digests;
}

function isSame(row: Row, entry: TreeEntry): boolean {
  return (
    row.size === entry.size &&
    row.mtime === entry.mtimeMs &&
    row.ctime === entry.ctimeMs &&
    row.inode === entry.inode
  );
}

function remember(database: DatabaseSync, rows: readonly Row[]): void {
  const insert = database.prepare("INSERT OR REPLACE INTO digests VALUES (?, ?, ?, ?, ?, ?)");
  database.exec("BEGIN IMMEDIATE");
  try {
    for (const row of rows) insert.run(row.path, row.size, row.mtime, row.ctime, row.inode, row.digest);
    database.exec("COMMIT");
  } catch (error) {
    database.exec("ROLLBACK");
    throw error;
  }
}
