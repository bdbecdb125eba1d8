import fs from "node:fs";
import path from "node:path";

/**
 * The bytes of all files below a path, or of the file that it is; no link is followed. A file that several names share counts
 * once for all calls with the same `counted`. What goes meanwhile, or cannot be read, counts nothing.
 */
export function folderSize(place: string, counted: Set<number> = new Set()): number {
  const stat = statOf(place);
  if (stat === undefined) return 0;
  if (!stat.isDirectory()) {
    if (stat.nlink > 1 && counted.has(stat.ino)) return 0;
    if (stat.nlink > 1) counted.add(stat.ino);
    return stat.size;
  }
  return namesIn(place).reduce((sum, name) => sum + folderSize(path.join(place, name), counted), 0);
}

/** When a file or folder was last read or written, in milliseconds; null where it is gone. To list a folder is to read it,
 *  so that for one the time of writing counts alone. */
export function lastUse(place: string): number | null {
  const stat = statOf(place);
  if (stat === undefined) return null;
  return stat.isDirectory() ? stat.mtimeMs : Math.max(stat.mtimeMs, stat.atimeMs);
}

function statOf(place: string): fs.Stats | undefined {
  try {
    return fs.lstatSync(place, { throwIfNoEntry: false });
  } catch {
    return undefined;
  }
}

function namesIn(folder: string): readonly string[] {
  try {
    return fs.readdirSync(folder);
  } catch {
    return [];
  }
}
