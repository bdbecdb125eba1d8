import zlib from "node:zlib";
import { blockPool, deflateEnd, deflatePart } from "./compress.ts";
import type { Piece } from "./ordered-write.ts";
import { tarBlocks } from "./tar-blocks.ts";
import { defineArchiveFormat } from "./archive-format.ts";

const blockBytes = 1 << 20;
/** RFC 1952: no name, no time, no extra flags, operating system unknown (255). */
const header = Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255]);

export const tarGz = defineArchiveFormat({
  id: "tar.gz",
  inFlight: 12,
  *pieces(entries, modifiedAt): Generator<Piece> {
    const pool = blockPool(blockBytes);
    let checksum = 0;
    let size = 0;
    yield () => header;
    for (const block of tarBlocks(entries, modifiedAt, pool.take)) {
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
});
