import { defineArchiveFormat } from "./archive-format.ts";
import { compressors } from "./compressed-pieces.ts";
import { tarBlocks } from "./tar-blocks.ts";

/** A zstd file is a row of frames: one for each MiB of the tar stream, whatever the number of processors. */
export const tarZst = defineArchiveFormat({
  id: "tar.zst",
  inFlight: compressors.zstd.inFlight,
  pieces: (entries, modifiedAt) => compressors.zstd.pieces((take) => tarBlocks(entries, modifiedAt, take)),
});
