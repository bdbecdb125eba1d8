import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import zlib from "node:zlib";
import type { FileReader } from "../../system/index.ts";
import { TarFault } from "./tar-reader.ts";

export type Compression = "none" | "gzip" | "zstd";

const pieceBytes = 1 << 18;

/** How a stream is compressed, by its first four bytes. */
export function compressionOf(start: Buffer): Compression {
  const magic = start.length < 4 ? 0 : start.readUInt32LE(0);
  if ((magic & 0xffff) === 0x8b1f) return "gzip";
  // RFC 8878: a frame, or one of the sixteen skippable ones.
  return magic === 0xfd2f_b528 || (magic & 0xffff_fff0) === 0x184d_2a50 ? "zstd" : "none";
}

/**
 * Hands what comes out of a file to `take`, piece by piece, and each piece as it is stored to `stored`. Throws TarFault
 * "damaged" where the compressed content is broken or cut off, and what those two throw.
 */
export async function decompress(
  file: Pick<FileReader, "read">,
  compression: Compression,
  take: (piece: Buffer) => void,
  stored: (piece: Buffer) => void = () => {},
): Promise<void> {
  const source = Readable.from(pieces(file, stored), { objectMode: false, highWaterMark: pieceBytes });
  const consume = async (from: AsyncIterable<Buffer>): Promise<void> => {
    for await (const piece of from) take(piece);
  };
  try {
    if (compression === "none") await pipeline(source, consume);
    else await pipeline(source, decompressor(compression), consume);
  } catch (error) {
    if (!isZlibError(error)) throw error;
    throw new TarFault("damaged", "its compressed content is broken or cut off");
  }
}

function decompressor(compression: "gzip" | "zstd"): zlib.Gunzip | zlib.ZstdDecompress {
  const options = { chunkSize: pieceBytes };
  return compression === "gzip" ? zlib.createGunzip(options) : zlib.createZstdDecompress(options);
}

function* pieces(file: Pick<FileReader, "read">, stored: (piece: Buffer) => void): Generator<Buffer> {
  for (;;) {
    const buffer = Buffer.allocUnsafeSlow(pieceBytes);
    const read = file.read(buffer);
    if (read === 0) return;
    const piece = buffer.subarray(0, read);
    stored(piece);
    yield piece;
  }
}

function isZlibError(error: unknown): boolean {
  const code = error instanceof Error ? (error as NodeJS.ErrnoException).code : undefined;
  return code !== undefined && /^(Z_|ZSTD_|ERR_)/u.test(code);
}
