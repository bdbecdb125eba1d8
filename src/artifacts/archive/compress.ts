import { promisify } from "node:util";
import zlib from "node:zlib";

/** Buffers of one size, used again: the collector would see gigabytes of them too late. */
export function blockPool(blockBytes: number): { take(): Buffer; give(block: Buffer): void } {
  const free: Buffer[] = [];
  return {
    take: () => free.pop() ?? Buffer.allocUnsafeSlow(blockBytes),
    give: (block) => free.push(Buffer.from(block.buffer, 0, blockBytes)),
  };
}

const deflateRaw = promisify<Uint8Array, zlib.ZlibOptions, Buffer>(zlib.deflateRaw);
const zstd = promisify<Uint8Array, zlib.ZstdOptions, Buffer>(zlib.zstdCompress);

/**
 * A raw deflate stream's next part (RFC 1951), on Node's thread pool. No part refers to an earlier one, so the bytes
 * are the same in whatever order they are made. Parts that are not the last end on a byte.
 */
export function deflatePart(block: Uint8Array, last: boolean): Promise<Buffer> {
  return deflateRaw(block, {
    level: 6,
    memLevel: 8,
    finishFlush: last ? zlib.constants.Z_FINISH : zlib.constants.Z_FULL_FLUSH,
    chunkSize: block.length + (block.length >> 8) + 1024,
  });
}

/** What ends a deflate stream all of whose parts were written as not the last: an empty final block. */
export const deflateEnd = Buffer.from([3, 0]);

/** One zstd frame (RFC 8878) with its content's size and checksum, on Node's thread pool. */
export function zstdFrame(block: Uint8Array): Promise<Buffer> {
  return zstd(block, {
    params: {
      [zlib.constants.ZSTD_c_compressionLevel]: 3,
      [zlib.constants.ZSTD_c_checksumFlag]: 1,
    },
    pledgedSrcSize: block.length,
    chunkSize: block.length + (block.length >> 8) + 1024,
  });
}
