import { copyEntry, joinPath, listTree, makeDirectory, setMode } from "../system/index.ts";
import { ToolError } from "../model/index.ts";

/**
 * Copies a tree: modes, times, symbolic links as they are, empty folders, names in any encoding; blocks are shared where
 * the file system can. Sockets, pipes and devices are left out, and so is what cannot be read: it is returned.
 * `skip` gets each folder's path relative to `from`. Throws DISK_FULL or PATH_UNREADABLE where the copy cannot be written.
 */
export function copyTree(
  from: string,
  to: string,
  skip: (directory: string) => boolean = () => false,
): { path: string; reason: string }[] {
  const listing = listTree(from, skip);
  const notCopied = [...listing.unreadable];
  makeDirectory(to);
  const folders = [];
  for (const entry of listing.entries) {
    const target = joinPath(to, entry.path);
    if (entry.kind === "directory") {
      makeDirectory(target);
      folders.push(entry);
    } else if (entry.kind === "other") {
      notCopied.push({ path: entry.path, reason: "neither a file nor a folder" });
    } else {
      const reason = copyOne(joinPath(from, entry.path), target);
      if (reason !== null) notCopied.push({ path: entry.path, reason });
    }
  }
  // Deepest first: filling a folder changes its time, and a read-only one cannot be filled.
  for (const folder of folders.toReversed()) setMode(joinPath(to, folder.path), folder.mode, folder.mtimeMs);
  return notCopied;
}

/** Null where it was copied, else why the source cannot be read. */
function copyOne(from: string, to: string): string | null {
  try {
    copyEntry(from, to);
    return null;
  } catch (error) {
    const code =
      error instanceof ToolError ? (error.cause as NodeJS.ErrnoException | undefined)?.code : undefined;
    // ENOENT: it went while we copied.
    if (code === "EACCES" || code === "EPERM" || code === "ENOENT") return code;
    throw error;
  }
}
