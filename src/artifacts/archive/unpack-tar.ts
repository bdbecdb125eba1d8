import { Readable, type Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import zlib from "node:zlib";
import { ToolError } from "../../model/index.ts";
import { openRead } from "../../system/index.ts";
import { TarFault, tarReader } from "./tar-reader.ts";
import { damaged, unsafe, type LimitKeeper } from "./unpack-limits.ts";
import type { UnpackTarget } from "./unpack-target.ts";

const pieceBytes = 1 << 18;

/** Unpacks a tar, plain or compressed, in one pass. Throws ToolError UNSAFE_ARCHIVE or PATH_UNREADABLE. */
export async function unpackTar(
  archive: string,
  compression: "none" | "gzip" | "zstd",
  target: UnpackTarget,
  limits: LimitKeeper,
): Promise<void> {
  const reader = tarReader(target);
  const consume = async (source: AsyncIterable<Buffer>): Promise<void> => {
    for await (const chunk of source) {
      limits.countBytes(chunk.length);
      reader.push(chunk);
    }
    reader.end();
  };
  const source = Readable.from(pieces(archive), { objectMode: false, highWaterMark: pieceBytes });
  try {
    if (compression === "none") await pipeline(source, consume);
    else await pipeline(source, decompressor(compression), consume);
  } catch (error) {
    if (error instanceof ToolError) throw error;
    if (error instanceof TarFault) {
      throw error.kind === "unsafe" ? unsafe(archive, error.message) : damaged(archive, error.message, error);
    }
    if (isZlibError(error)) throw damaged(archive, "its compressed content is broken or cut off", error);
    throw error;
  }
}

function decompressor(compression: "gzip" | "zstd"): Transform {
  const options = { chunkSize: pieceBytes };
  return compression === "gzip" ? zlib.createGunzip(options) : zlib.createZstdDecompress(options);
}

function* pieces(archive: string): Generator<Buffer> {
  using file = openRead(archive);
  for (;;) {
    const buffer = Buffer.allocUnsafeSlow(pieceBytes);
    const read = file.read(buffer);
    if (read === 0) return;
    yield buffer.subarray(0, read);
  }
}

function isZlibError(error: unknown): boolean {
  const code = error instanceof Error ? (error as NodeJS.ErrnoException).code : undefined;
  return code !== undefined && /^(Z_|ZSTD_|ERR_)/u.test(code);
}
