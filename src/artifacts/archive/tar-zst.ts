import { blockPool, zstdFrame } from "./compress.ts";
import type { Piece } from "./ordered-write.ts";
import { tarBlocks } from "./tar-blocks.ts";
import { defineArchiveFormat } from "./archive-format.ts";

const blockBytes = 1 << 20;

/** A zstd file is a row of frames: one for each MiB of the tar stream, whatever the number of processors. */
export const tarZst = defineArchiveFormat({
  id: "tar.zst",
  inFlight: 5,
  *pieces(entries, modifiedAt): Generator<Piece> {
    const pool = blockPool(blockBytes);
    for (const block of tarBlocks(entries, modifiedAt, pool.take)) {
      yield zstdFrame(block).finally(() => pool.give(block));
    }
  },
});
