import zlib from "node:zlib";
import { blockPool, deflateEnd, deflatePart, zstdFrame } from "./compress.ts";
import type { Piece } from "./ordered-write.ts";

/** Bytes in blocks of at most `blockBytes`, each in memory that `take` gives. */
type Blocks = (take: () => Buffer) => Iterable<Buffer>;

const blockBytes = 1 << 20;
/** RFC 1952: no name, no time, no extra flags, operating system unknown (255). */
const gzipHeader = Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255]);

/** How a row of blocks is compressed, and how many blocks at once: the bytes do not depend on the number of processors. */
export const compressors = {
  /** A row of frames (RFC 8878), one for each block. */
  zstd: {
    inFlight: 5,
    *pieces(blocks: Blocks): Generator<Piece> {
      const pool = blockPool(blockBytes);
      for (const block of blocks(pool.take)) yield zstdFrame(block).finally(() => pool.give(block));
    },
  },
  /** One member (RFC 1952). */
  gzip: {
    inFlight: 12,
    *pieces(blocks: Blocks): Generator<Piece> {
      const pool = blockPool(blockBytes);
      let checksum = 0;
      let size = 0;
      yield () => gzipHeader;
      for (const block of blocks(pool.take)) {
        checksum = zlib.crc32(block, checksum);
        size += block.length;
        yield deflatePart(block, false).finally(() => pool.give(block));
      }
      yield () => {
        const trailer = Buffer.alloc(8);
        trailer.writeUInt32LE(checksum, 0);
        trailer.writeUInt32LE(size % 2 ** 32, 4);
        return Buffer.concat([deflateEnd, trailer]);
      };
    },
  },
} as const;

export type Compressor = keyof typeof compressors;
