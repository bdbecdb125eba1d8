import type { FileReader } from "../../system/index.ts";

/** Bytes in memory, read as a file is: once, from their start. */
export function bytesReader(bytes: Buffer): Pick<FileReader, "size" | "read"> & Disposable {
  let at = 0;
  return {
    size: bytes.length,
    read(into) {
      const taken = bytes.copy(into, 0, at);
      at += taken;
      return taken;
    },
    [Symbol.dispose]() {},
  };
}
