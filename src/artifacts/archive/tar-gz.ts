import { defineArchiveFormat } from "./archive-format.ts";
import { compressors } from "./compressed-pieces.ts";
import { tarBlocks } from "./tar-blocks.ts";

export const tarGz = defineArchiveFormat({
  id: "tar.gz",
  inFlight: compressors.gzip.inFlight,
  pieces: (entries, modifiedAt) => compressors.gzip.pieces((take) => tarBlocks(entries, modifiedAt, take)),
});
