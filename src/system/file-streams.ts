import fs from "node:fs";
import path from "node:path";
import { makeDirectory, temporaryName, unreadable, writeFailure } from "./files.ts";
import { onInterruption } from "./interruption.ts";
import { toNative } from "./paths.ts";

/** An open file, read from its start on. `size` is its length in bytes at the time of opening. */
export interface FileReader {
  readonly size: number;
  /** Fills `into` from its start; gives how many bytes came, 0 at the end. Throws ToolError PATH_UNREADABLE. */
  read(into: Uint8Array): number;
  /** Up to `length` bytes from `position` on; fewer at the end. Leaves where `read` goes on. Throws as `read` does. */
  readAt(position: number, length: number): Buffer;
  [Symbol.dispose](): void;
}

/** Opens a file for reading in pieces. Throws ToolError PATH_UNREADABLE. */
export function openRead(filePath: string): FileReader {
  const attempt = <T>(work: () => T): T => {
    try {
      return work();
    } catch (error) {
      throw unreadable(filePath, error);
    }
  };
  const file = attempt(() => fs.openSync(toNative(filePath), "r"));
  return {
    size: attempt(() => fs.fstatSync(file).size),
    read: (into) => attempt(() => fs.readSync(file, into)),
    readAt: (position, length) => {
      const bytes = Buffer.alloc(length);
      return bytes.subarray(
        0,
        attempt(() => fs.readSync(file, bytes, 0, length, position)),
      );
    },
    [Symbol.dispose]: () => fs.closeSync(file),
  };
}

/** A file being written. Throws ToolError DISK_FULL or PATH_UNREADABLE. */
export interface FileWriter {
  write(bytes: Uint8Array): void;
  [Symbol.dispose](): void;
}

/** Makes a new file with exactly these permission bits, whatever the umask; one that exists is never replaced. */
export function createFile(filePath: string, mode: number): FileWriter {
  try {
    const file = fs.openSync(toNative(filePath), "wx", mode);
    fs.fchmodSync(file, mode);
    return {
      write: (bytes) => writeFully(file, bytes, filePath),
      [Symbol.dispose]: () => fs.closeSync(file),
    };
  } catch (error) {
    throw writeFailure(filePath, error);
  }
}

/** As writeAtomic, in pieces: nothing is seen under `filePath` before `commit`, and without it nothing is left. */
export interface AtomicFile extends FileWriter {
  commit(): void;
}

export function createAtomic(filePath: string, mode = 0o644): AtomicFile {
  makeDirectory(path.dirname(filePath));
  const temporary = temporaryName(filePath);
  let file: number | null;
  try {
    file = fs.openSync(toNative(temporary), "wx", mode);
  } catch (error) {
    throw writeFailure(filePath, error);
  }
  const opened = file;
  const interruption = onInterruption(async () => {
    await Promise.resolve();
    fs.rmSync(toNative(temporary), { force: true });
  });
  return {
    write: (bytes) => writeFully(opened, bytes, filePath),
    commit: () => {
      try {
        fs.fsyncSync(opened);
        fs.closeSync(opened);
        file = null;
        fs.renameSync(toNative(temporary), toNative(filePath));
      } catch (error) {
        throw writeFailure(filePath, error);
      }
    },
    [Symbol.dispose]: () => {
      interruption[Symbol.dispose]();
      if (file !== null) fs.closeSync(file);
      fs.rmSync(toNative(temporary), { force: true });
    },
  };
}

function writeFully(file: number, bytes: Uint8Array, filePath: string): void {
  try {
    for (let at = 0; at < bytes.length;) at += fs.writeSync(file, bytes, at);
  } catch (error) {
    throw writeFailure(filePath, error);
  }
}
