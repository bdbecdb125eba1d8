import crypto from "node:crypto";
import fs from "node:fs";
import { unreadable, writeFailure } from "./files.ts";
import { toNative } from "./paths.ts";

/** A file that comes in pieces, over several connections or runs; its sha256 goes along. Throws DISK_FULL, PATH_UNREADABLE. */
export interface PartialFile {
  /** Bytes that are there. */
  readonly size: number;
  write(bytes: Uint8Array): void;
  /** From its start again. */
  empty(): void;
  /** Of what is there, in hex. */
  sha256(): string;
  /** Gives it its name; nothing can be written then. */
  finish(to: string): void;
  remove(): void;
  [Symbol.dispose](): void;
}

const pieceBytes = 1 << 20;

/** Opens it, with what an earlier run left. */
export function partialFile(filePath: string): PartialFile {
  const native = toNative(filePath);
  const attempt = <T>(work: () => T): T => {
    try {
      return work();
    } catch (error) {
      throw writeFailure(filePath, error);
    }
  };
  let hash = crypto.createHash("sha256");
  let size = 0;
  let file: number | null = attempt(() => fs.openSync(native, "a+", 0o644));
  const opened = file;
  const close = (): void => {
    if (file !== null) fs.closeSync(file);
    file = null;
  };
  try {
    const block = Buffer.allocUnsafe(pieceBytes);
    for (let read = -1; read !== 0; size += read) {
      read = fs.readSync(opened, block, 0, block.length, size);
      hash.update(block.subarray(0, read));
    }
  } catch (error) {
    close();
    throw unreadable(filePath, error);
  }
  return {
    get size() {
      return size;
    },
    write(bytes) {
      // What a full disk left half is not counted: it would not be in the hash.
      let at = 0;
      try {
        while (at < bytes.length) at += fs.writeSync(opened, bytes, at);
      } catch (error) {
        throw writeFailure(filePath, error);
      } finally {
        hash.update(bytes.subarray(0, at));
        size += at;
      }
    },
    empty() {
      attempt(() => fs.ftruncateSync(opened, 0));
      hash = crypto.createHash("sha256");
      size = 0;
    },
    sha256: () => hash.copy().digest("hex"),
    finish(to) {
      close();
      attempt(() => fs.renameSync(native, toNative(to)));
    },
    remove() {
      close();
      fs.rmSync(native, { force: true });
    },
    [Symbol.dispose]: close,
  };
}
