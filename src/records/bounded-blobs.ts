import type { Blobs } from "../sandbox/index.ts";
import { fileSize, hashFile } from "../system/index.ts";

/** The largest file whose content is kept beside a record, and how much one run may add, in bytes. */
const keptBounds = { each: 64 << 20, all: 512 << 20 } as const;

/** Blobs that take a file's content while there is room in the bounds, and else its digest alone. */
export function boundedBlobs(
  blobs: Blobs & { has(digest: string): boolean },
  bounds: { readonly each: number; readonly all: number } = keptBounds,
): Blobs & {
  /** How many contents were over the bounds. */ readonly left: number;
} {
  let bytes = 0;
  let left = 0;
  return {
    put: (content) => blobs.put(content),
    putFile(path) {
      const size = fileSize(path) ?? 0;
      if (size > bounds.each || bytes + size > bounds.all) {
        const digest = hashFile(path);
        if (!blobs.has(digest)) left += 1;
        return digest;
      }
      bytes += size;
      return blobs.putFile(path);
    },
    copyTo: (digest, path) => blobs.copyTo(digest, path),
    get left() {
      return left;
    },
  };
}
