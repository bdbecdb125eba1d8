import fs from "node:fs";
import path from "node:path";
import { unreadable, writeFailure } from "./files.ts";
import { decodeName, toNative } from "./paths.ts";

/** The path with every symbolic link followed; null where it leads nowhere. */
export function realPath(filePath: string): string | null {
  try {
    return decodeName(fs.realpathSync(toNative(filePath), { encoding: "buffer" }));
  } catch {
    return null;
  }
}

/** What lies at a path, links not followed; null where nothing does. */
export function entryKind(filePath: string): "file" | "directory" | "symlink" | "other" | null {
  let stat: fs.Stats | undefined;
  try {
    stat = fs.lstatSync(toNative(filePath), { throwIfNoEntry: false });
  } catch {
    return null;
  }
  if (stat === undefined) return null;
  if (stat.isSymbolicLink()) return "symlink";
  if (stat.isDirectory()) return "directory";
  return stat.isFile() ? "file" : "other";
}

export function makeLink(target: string | Uint8Array, filePath: string): void {
  try {
    fs.symlinkSync(typeof target === "string" ? toNative(target) : Buffer.from(target), toNative(filePath));
  } catch (error) {
    throw writeFailure(filePath, error);
  }
}

/** Moves a file or folder within a file system; an empty folder gives way to a folder. */
export function moveEntry(from: string, to: string): void {
  try {
    fs.renameSync(toNative(from), toNative(to));
  } catch (error) {
    throw writeFailure(to, error);
  }
}

/** Sets the permission bits; for folders the times as well, which filling them changed. */
export function setMode(filePath: string, mode: number, mtimeMs?: number): void {
  try {
    if (mtimeMs !== undefined) fs.utimesSync(toNative(filePath), mtimeMs / 1000, mtimeMs / 1000);
    fs.chmodSync(toNative(filePath), mode);
  } catch (error) {
    throw writeFailure(filePath, error);
  }
}

/** Sets the time of the last change, in ms since the epoch. */
export function setModified(filePath: string, mtimeMs: number): void {
  try {
    fs.utimesSync(toNative(filePath), mtimeMs / 1000, mtimeMs / 1000);
  } catch (error) {
    throw writeFailure(filePath, error);
  }
}

/** Marks a file as used now; one that is not there, or may not be touched, is left so. */
export function touch(filePath: string): void {
  try {
    const time = new Date();
    fs.utimesSync(toNative(filePath), time, time);
  } catch {}
}

/** The last `bytes` bytes of a file as UTF-8 text; "" where it cannot be read. */
export function readTail(filePath: string, bytes: number): string {
  let file: number;
  try {
    file = fs.openSync(toNative(filePath), "r");
  } catch {
    return "";
  }
  try {
    const size = fs.fstatSync(file).size;
    const buffer = Buffer.alloc(Math.min(bytes, size));
    const read = fs.readSync(file, buffer, 0, buffer.length, size - buffer.length);
    return buffer.toString("utf8", 0, read);
  } finally {
    fs.closeSync(file);
  }
}

/** So many bytes of a file from a place on; null where it cannot be read, or has no more. */
export function readRange(filePath: string, start: number, length: number): Buffer | null {
  let file: number;
  try {
    file = fs.openSync(toNative(filePath), "r");
  } catch {
    return null;
  }
  try {
    const buffer = Buffer.alloc(length);
    return fs.readSync(file, buffer, 0, length, start) === length ? buffer : null;
  } catch {
    return null;
  } finally {
    fs.closeSync(file);
  }
}

/** The absolute path of a program on PATH and in the system's own folders; null where there is none. */
export function findProgram(name: string): string | null {
  const folders = [...(process.env["PATH"] ?? "").split(path.delimiter), "/usr/sbin", "/usr/bin", "/sbin"];
  for (const folder of folders) {
    const candidate = path.join(folder, name);
    if (!path.isAbsolute(candidate)) continue;
    try {
      fs.accessSync(candidate, fs.constants.X_OK);
      if (fs.statSync(candidate).isFile()) return candidate;
    } catch {
      // Not here.
    }
  }
  return null;
}

/** In bytes; null where there is no such file, or none that may be looked at. */
export function fileSize(filePath: string): number | null {
  try {
    return fs.statSync(toNative(filePath)).size;
  } catch {
    return null;
  }
}

/** What tells one content of a file from another without reading it (links not followed), and when it last changed. */
export function contentState(filePath: string): { readonly state: string; readonly changedMs: number } {
  try {
    const stat = fs.lstatSync(toNative(filePath), { bigint: true });
    return {
      state: [stat.dev, stat.ino, stat.size, stat.mtimeNs, stat.ctimeNs].join(" "),
      changedMs: Number(stat.ctimeNs / 1_000_000n),
    };
  } catch (error) {
    throw unreadable(filePath, error);
  }
}

/** A second name for a file, on the same file system; a symbolic link at `existing` is not followed. */
export function makeHardLink(existing: string, filePath: string): void {
  try {
    fs.linkSync(toNative(existing), toNative(filePath));
  } catch (error) {
    throw writeFailure(filePath, error);
  }
}

/** Sets user and group by number, of a link itself; only root may. */
export function setOwner(filePath: string, user: number, group: number): void {
  try {
    fs.lchownSync(toNative(filePath), user, group);
  } catch (error) {
    throw writeFailure(filePath, error);
  }
}

/** Whether this process is root, who alone may set owners. */
export function isRoot(): boolean {
  return process.getuid?.() === 0;
}
