import type { Transform } from "node:stream";
import zlib from "node:zlib";
import type { OwnBytes } from "./ordered-write.ts";

/** Buffers of one size, used again: the collector would see gigabytes of them too late. */
export function blockPool(blockBytes: number): { take(): Buffer; give(block: Buffer): void } {
  const free: Buffer[] = [];
  return {
    take: () => free.pop() ?? Buffer.allocUnsafeSlow(blockBytes),
    give: (block) => free.push(Buffer.from(block.buffer, 0, blockBytes)),
  };
}

/**
 * A raw deflate stream's next part (RFC 1951), on Node's thread pool. No part refers to an earlier one, so the bytes
 * are the same in whatever order they are made. Parts that are not the last end on a byte.
 */
export function deflatePart(block: Uint8Array, last: boolean): Promise<OwnBytes> {
  const compressor = zlib.createDeflateRaw({
    level: 6,
    memLevel: 8,
    finishFlush: last ? zlib.constants.Z_FINISH : zlib.constants.Z_FULL_FLUSH,
    chunkSize: outputRoom(block),
  });
  return run(compressor, block);
}

/** What ends a deflate stream all of whose parts were written as not the last: an empty final block. */
export const deflateEnd = Buffer.from([3, 0]);

/** One zstd frame (RFC 8878) with its content's size and checksum, on Node's thread pool. */
export function zstdFrame(block: Uint8Array): Promise<OwnBytes> {
  const compressor = zlib.createZstdCompress({
    params: {
      [zlib.constants.ZSTD_c_compressionLevel]: 3,
      [zlib.constants.ZSTD_c_checksumFlag]: 1,
    },
    pledgedSrcSize: block.length,
    chunkSize: outputRoom(block),
  });
  return run(compressor, block);
}

/** Room for the worst case: the compressor then works from block to result in one step. */
function outputRoom(block: Uint8Array): number {
  return block.length + (block.length >> 8) + (64 << 10);
}

/**
 * Not zlib's one-call functions: those copy their result and leave its memory, as large as the block, to the collector,
 * which lets hundreds of megabytes pile up. Here the pieces own their memory, and detaching it frees it at once.
 */
function run(compressor: Transform, block: Uint8Array): Promise<OwnBytes> {
  const pieces: Buffer[] = [];
  return new Promise((resolve, reject) => {
    compressor.on("data", (piece: Buffer) => pieces.push(piece));
    compressor.on("error", reject);
    compressor.on("close", () => resolve({ pieces, release: () => pieces.forEach(detach) }));
    compressor.end(block);
  });
}

function detach(piece: Buffer): void {
  const memory = piece.buffer;
  if (memory instanceof ArrayBuffer && !memory.detached) memory.transfer(0);
}
