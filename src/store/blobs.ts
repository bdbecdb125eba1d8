import path from "node:path";
import { ToolError } from "../model/index.ts";
import { copyFileAtomic, exists, hashFile, readBytes, sha256, writeAtomic } from "../system/index.ts";

/** Contents named by their sha256 (hex). A blob is whole or absent: each is written beside and renamed into place. */
export interface Blobs {
  put(content: string | Uint8Array): string;
  putFile(filePath: string): string;
  read(digest: string): Buffer;
  copyTo(digest: string, filePath: string): void;
  has(digest: string): boolean;
  /** Where a blob lies; never write there. */
  path(digest: string): string;
}

export function openBlobs(directory: string): Blobs {
  const place = (digest: string): string => path.join(directory, digest.slice(0, 2), digest.slice(2));
  return {
    put(content) {
      const digest = sha256(content);
      if (!exists(place(digest))) writeAtomic(place(digest), content);
      return digest;
    },
    putFile(filePath) {
      const digest = hashFile(filePath);
      if (!exists(place(digest))) copyFileAtomic(filePath, place(digest));
      return digest;
    },
    read(digest) {
      if (!exists(place(digest))) throw missing(directory, digest);
      return readBytes(place(digest));
    },
    copyTo: (digest, filePath) => copyFileAtomic(place(digest), filePath),
    path: place,
    has: (digest) => exists(place(digest)),
  };
}

function missing(directory: string, digest: string): ToolError {
  return new ToolError("STORE_CORRUPT", `The content ${digest} is missing from ${directory}`, {
    hint: `Delete the folder ${path.dirname(directory)}; "rung prove" makes the proofs anew.`,
  });
}
