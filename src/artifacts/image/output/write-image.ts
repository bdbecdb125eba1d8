import path from "node:path";
import { createAtomic, fileSize, joinPath, makeDirectory } from "../../../system/index.ts";
import { copyFileAtomic, writeAtomic } from "../../../system/index.ts";
import { archiveEntries } from "../../archive/archive-entry.ts";
import { tarBlocks } from "../../archive/tar-blocks.ts";
import { modificationTime } from "../../archive/write-archive.ts";
import { settledDigest } from "../../tree/settled-digest.ts";
import type { Image } from "../image.ts";
import { layoutFiles } from "./layout-files.ts";

const blockBytes = 1 << 20;

/** Writes an image as one archive that podman and Docker both load; gives its size in bytes. Same image, same bytes. */
export function writeImageArchive(image: Image, output: string, tag: string | null): number {
  const entries = archiveEntries(layoutFiles(image, tag), null, output);
  const block = Buffer.allocUnsafeSlow(blockBytes);
  let size = 0;
  using file = createAtomic(path.resolve(output));
  for (const bytes of tarBlocks(entries, modificationTime(process.env["SOURCE_DATE_EPOCH"]), () => block)) {
    file.write(bytes);
    size += bytes.length;
  }
  file.commit();
  return size;
}

/** Writes an image as a layout folder; blobs that lie there are left, others too. Gives the bytes of its files. */
export function writeImageLayout(image: Image, folder: string, tag: string | null): number {
  let bytes = 0;
  // The index comes last: a reader sees no blob missing.
  const files = layoutFiles(image, tag);
  for (const { path: name, kind, content } of files) {
    const target = joinPath(path.resolve(folder), name);
    if (kind === "directory") makeDirectory(target);
    else if (content !== null) {
      const size = "bytes" in content ? content.bytes.length : (fileSize(content.path) ?? 0);
      bytes += size;
      if (name.startsWith("blobs/") && isWhole(target, size, path.posix.basename(name))) continue;
      if ("bytes" in content) writeAtomic(target, content.bytes);
      else copyFileAtomic(content.path, target);
    }
  }
  return bytes;
}

const isWhole = (file: string, size: number, digest: string): boolean =>
  fileSize(file) === size && settledDigest(file) === digest;
