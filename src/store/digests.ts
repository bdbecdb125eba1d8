import type { DatabaseSync } from "node:sqlite";
import { hashFile, readLink, sha256, type TreeEntry } from "../system/index.ts";

/** A file touched less than this many milliseconds ago may change again within one tick of its time stamp. */
const racyMs = 200;

/** Path as JSON, size, time of change, of status change, inode, digest: as the table has them. */
type Row = readonly [string, number, number, number, number, string];

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
    const query = database.prepare("SELECT path, size, mtime, ctime, inode, digest FROM digests");
    // An array costs half of what an object does, and there is one for each file.
    query.setReturnArrays(true);
    for (const row of query.all() as unknown as Row[]) known.set(row[0], row);
  }
  const digests = new Map<string, string>();
  const fresh: Row[] = [];
  for (const entry of entries) {
    if (entry.kind !== "file" && entry.kind !== "symlink") continue;
    const key = JSON.stringify(entry.path);
    const row = known.get(key);
    if (row !== undefined && isSame(row, entry)) {
      digests.set(entry.path, row[5]);
      continue;
    }
    const file = `${root}/${entry.path}`;
    const digest = entry.kind === "symlink" ? sha256(readLink(file)) : hashFile(file);
    digests.set(entry.path, digest);
    if (nowMs - Math.max(entry.ctimeMs, entry.mtimeMs) > racyMs) {
      fresh.push([key, entry.size, entry.mtimeMs, entry.ctimeMs, entry.inode, digest]);
    }
  }
  if (database !== null && fresh.length > 0) remember(database, fresh);
  return digests;
}

function isSame([, size, mtime, ctime, inode]: Row, entry: TreeEntry): boolean {
  return size === entry.size && mtime === entry.mtimeMs && ctime === entry.ctimeMs && inode === entry.inode;
}

function remember(database: DatabaseSync, rows: readonly Row[]): void {
  const insert = database.prepare("INSERT OR REPLACE INTO digests VALUES (?, ?, ?, ?, ?, ?)");
  database.exec("BEGIN IMMEDIATE");
  try {
    for (const row of rows) insert.run(...row);
    database.exec("COMMIT");
  } catch (error) {
    database.exec("ROLLBACK");
    throw error;
  }
}
