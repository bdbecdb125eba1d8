import { openRead } from "../../system/index.ts";
import { decompress, type Compression } from "./decompress.ts";
import { TarFault, tarReader } from "./tar-reader.ts";
import { damaged, unsafe, type LimitKeeper } from "./unpack-limits.ts";
import type { UnpackTarget } from "./unpack-target.ts";

/** Unpacks a tar, plain or compressed, in one pass. Throws ToolError UNSAFE_ARCHIVE or PATH_UNREADABLE. */
export async function unpackTar(
  archive: string,
  compression: Compression,
  target: UnpackTarget,
  limits: LimitKeeper,
): Promise<void> {
  const reader = tarReader(target);
  using file = openRead(archive);
  try {
    await decompress(file, compression, (piece) => {
      limits.countBytes(piece.length);
      reader.push(piece);
    });
    reader.end();
  } catch (error) {
    if (!(error instanceof TarFault)) throw error;
    throw error.kind === "unsafe" ? unsafe(archive, error.message) : damaged(archive, error.message, error);
  }
}
