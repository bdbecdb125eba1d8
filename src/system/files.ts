import crypto from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { ToolError } from "../model/index.ts";
import { decodeName, toNative } from "./paths.ts";

/** The content of a file. Throws ToolError PATH_UNREADABLE. */
export function readBytes(filePath: string): Buffer {
  try {
    return fs.readFileSync(toNative(filePath));
  } catch (error) {
    throw unreadable(filePath, error);
  }
}

/** The content as UTF-8 text, a byte order mark left out; bytes that are not UTF-8 become U+FFFD. */
export function readText(filePath: string): string {
  const text = readBytes(filePath).toString("utf8");
  return text.startsWith("\ufeff") ? text.slice(1) : text;
}

export function exists(filePath: string): boolean {
  return fs.existsSync(toNative(filePath));
}

/** True where a path leads to a folder, links followed; false where it leads nowhere or may not be followed. */
export function isDirectory(filePath: string): boolean {
  try {
    return fs.statSync(toNative(filePath)).isDirectory();
  } catch {
    return false;
  }
}

/** Names in a folder, sorted; none where it cannot be listed. */
export function listNames(directory: string): readonly string[] {
  try {
    return fs.readdirSync(toNative(directory), { encoding: "buffer" }).map(decodeName).sort();
  } catch {
    return [];
  }
}

export interface Found {
  readonly realPath: string;
  readonly size: number;
  readonly mtimeMs: number;
  readonly mode: number;
  readonly isFile: boolean;
}

/** What a path leads to, links followed: real path, size in bytes, time of change in milliseconds; null where nothing. */
export function lookUp(filePath: string): Found | null {
  try {
    const realPath = decodeName(fs.realpathSync.native(toNative(filePath), { encoding: "buffer" }));
    const stat = fs.statSync(toNative(realPath));
    return {
      realPath,
      size: stat.size,
      mtimeMs: stat.mtimeMs,
      mode: stat.mode & 0o777,
      isFile: stat.isFile(),
    };
  } catch {
    return null;
  }
}

export function readLink(filePath: string): Buffer {
  return fs.readlinkSync(toNative(filePath), { encoding: "buffer" });
}

export function makeDirectory(directory: string): void {
  try {
    fs.mkdirSync(toNative(directory), { recursive: true });
  } catch (error) {
    throw writeFailure(directory, error);
  }
}

/** Removes a file, link or folder, if it is there; folders that were made read-only too. */
export function removeTree(filePath: string): void {
  const native = toNative(filePath);
  const options = { recursive: true, force: true, maxRetries: 3 };
  try {
    fs.rmSync(native, options);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code !== "EACCES" && code !== "EPERM") throw error;
    openFolders(Buffer.from(native));
    fs.rmSync(native, options);
  }
}

function openFolders(folder: Buffer): void {
  if (!fs.lstatSync(folder).isDirectory()) return;
  fs.chmodSync(folder, 0o700);
  for (const name of fs.readdirSync(folder, { encoding: "buffer" })) {
    openFolders(Buffer.concat([folder, Buffer.from("/"), name]));
  }
}

/** A name beside a file, for what is renamed to it once it is whole. */
export function temporaryName(filePath: string): string {
  return `${filePath}.${process.pid}.${crypto.randomBytes(4).toString("hex")}.tmp`;
}

/** Writes so that a reader sees the old content or the new, never a part: temporary file, fsync, rename. */
export function writeAtomic(filePath: string, content: string | Uint8Array, mode = 0o644): void {
  makeDirectory(path.dirname(filePath));
  const temporary = temporaryName(filePath);
  try {
    const file = fs.openSync(toNative(temporary), "wx", mode);
    try {
      fs.writeFileSync(file, content);
      fs.fsyncSync(file);
    } finally {
      fs.closeSync(file);
    }
    fs.renameSync(toNative(temporary), toNative(filePath));
  } catch (error) {
    fs.rmSync(toNative(temporary), { force: true });
    throw writeFailure(filePath, error);
  }
}

/** Writes a file of a temporary folder: nobody reads it meanwhile, and it need not outlive a crash, so nothing waits
 *  for the disk. Its folder is made where it is missing. */
export function writeScratch(filePath: string, content: string | Uint8Array, mode = 0o644): void {
  makeDirectory(path.dirname(filePath));
  try {
    fs.writeFileSync(toNative(filePath), content, { mode });
  } catch (error) {
    throw writeFailure(filePath, error);
  }
}

/** Copies one file or symbolic link with its permission bits and times; shares blocks where the file system can. */
export function copyEntry(from: string, to: string): void {
  const source = toNative(from);
  const target = toNative(to);
  try {
    const stat = fs.lstatSync(source);
    if (stat.isSymbolicLink()) {
      fs.symlinkSync(fs.readlinkSync(source, { encoding: "buffer" }), target);
      return;
    }
    fs.copyFileSync(source, target, fs.constants.COPYFILE_FICLONE);
    fs.chmodSync(target, stat.mode & 0o7777);
    fs.utimesSync(target, stat.atimeMs / 1000, stat.mtimeMs / 1000);
  } catch (error) {
    throw writeFailure(to, error);
  }
}

/** Writes a file that is not there yet, whole; where another process was first, its content stays. */
export function createOnce(filePath: string, content: string, mode: number): void {
  const temporary = `${filePath}.${process.pid}.${crypto.randomBytes(4).toString("hex")}.tmp`;
  writeAtomic(temporary, content, mode);
  try {
    fs.linkSync(toNative(temporary), toNative(filePath));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw writeFailure(filePath, error);
  } finally {
    fs.rmSync(toNative(temporary), { force: true });
  }
}

/** Copies a file's content so that the target is whole or absent; its folder is made where it is missing. */
export function copyFileAtomic(from: string, to: string): void {
  makeDirectory(path.dirname(to));
  const temporary = temporaryName(to);
  try {
    fs.copyFileSync(toNative(from), toNative(temporary), fs.constants.COPYFILE_FICLONE);
    fs.renameSync(toNative(temporary), toNative(to));
  } catch (error) {
    fs.rmSync(toNative(temporary), { force: true });
    throw writeFailure(to, error);
  }
}

/** True where the disk under a folder has no room left for the calling user. */
export function isDiskFull(directory: string): boolean {
  const { bsize, bfree, bavail } = fs.statfsSync(toNative(directory));
  return (process.getuid?.() === 0 ? bfree : bavail) * bsize < fullBelowBytes;
}

const fullBelowBytes = 16 * 1024;

/** True where the calling user may write below a folder. */
export function canWrite(directory: string): boolean {
  try {
    fs.accessSync(toNative(directory), fs.constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

const chunkBytes = 1 << 20;
/** One for all calls, made by the first: a new one for each small file would take longer than the hashing. */
let chunk: Buffer | undefined;

/** The sha256 (hex) of a file's content, read in pieces of 1 MiB. */
export function hashFile(filePath: string): string {
  const hash = crypto.createHash("sha256");
  let file: number;
  try {
    file = fs.openSync(toNative(filePath), "r");
  } catch (error) {
    throw unreadable(filePath, error);
  }
  try {
    chunk ??= Buffer.allocUnsafeSlow(chunkBytes);
    for (let read = fs.readSync(file, chunk); read > 0; read = fs.readSync(file, chunk)) {
      hash.update(chunk.subarray(0, read));
    }
  } finally {
    fs.closeSync(file);
  }
  return hash.digest("hex");
}

export function sha256(content: string | Uint8Array): string {
  return crypto.createHash("sha256").update(content).digest("hex");
}

/** The ToolError for a read that failed. */
export function unreadable(filePath: string, cause: unknown): ToolError {
  return new ToolError("PATH_UNREADABLE", `Cannot read ${filePath}: ${reasonOf(cause)}`, {
    cause,
    location: { file: filePath },
    hint: "Check that the path exists and that you may read it.",
  });
}

/** The ToolError for a disk that has no room left. */
export function diskFull(message: string, cause?: unknown): ToolError {
  return new ToolError("DISK_FULL", message, {
    cause,
    hint: "Free some room, or point RUNG_CACHE and TMPDIR at a larger disk; then run the same command again.",
  });
}

/** The ToolError for a write that failed: DISK_FULL where the disk has no room, PATH_UNREADABLE else. */
export function writeFailure(filePath: string, cause: unknown): ToolError {
  const code = (cause as NodeJS.ErrnoException).code;
  if (code === "ENOSPC" || code === "EDQUOT") {
    return diskFull(`No room left on the disk while writing ${filePath}`, cause);
  }
  return new ToolError("PATH_UNREADABLE", `Cannot write ${filePath}: ${reasonOf(cause)}`, {
    cause,
    hint: "Check that the folder is there and that you may write in it.",
  });
}

function reasonOf(cause: unknown): string {
  const code = (cause as NodeJS.ErrnoException).code;
  return code ?? (cause instanceof Error ? cause.message : String(cause));
}
