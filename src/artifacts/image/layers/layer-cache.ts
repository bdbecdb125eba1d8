import { fileSize, joinPath, listNames, lookUp, now, readText, removeTree } from "../../../system/index.ts";
import { setModified, writeAtomic } from "../../../system/index.ts";

/** A layer's tar as the cache knows it. */
export interface CachedLayer {
  /** Hex. */
  readonly sha256: string;
  /** Bytes. */
  readonly size: number;
}

const keptDays = 30;
const dayMs = 86_400_000;

/** Tars named by what they were made from: `keys/KEY` says which of `blobs/SHA256` it is. */
export function layerCache(directory: string): {
  find(key: string): (CachedLayer & { readonly path: string }) | null;
  /** Where a tar of this digest goes. */
  place(sha256: string): string;
  keep(key: string, layer: CachedLayer): void;
} {
  const place = (sha256: string): string => joinPath(directory, "blobs", sha256);
  return {
    place,
    find(key) {
      const file = joinPath(directory, "keys", key);
      const known = parse(file);
      if (known === null || fileSize(place(known.sha256)) !== known.size) return null;
      touch(place(known.sha256));
      touch(file);
      return { ...known, path: place(known.sha256) };
    },
    keep(key, { sha256, size }) {
      const file = joinPath(directory, "keys", key);
      writeAtomic(file, `${sha256} ${size}\n`);
      touch(place(sha256));
      touch(file);
      removeUnused(directory);
    },
  };
}

/** By the clock that `removeUnused` goes by, which need not be that of the file system. */
export const touch = (file: string): void => setModified(file, Date.parse(now()));

function parse(file: string): CachedLayer | null {
  if (lookUp(file) === null) return null;
  const [, sha256, size] = /^([0-9a-f]{64}) (\d{1,15})\n$/u.exec(readText(file)) ?? [];
  return sha256 === undefined ? null : { sha256, size: Number(size) };
}

/** What no image took for a month is made anew when it is wanted again. */
function removeUnused(directory: string): void {
  const oldest = Date.parse(now()) - keptDays * dayMs;
  for (const folder of ["blobs", "keys"]) {
    for (const name of listNames(joinPath(directory, folder))) {
      const file = joinPath(directory, folder, name);
      const found = lookUp(file);
      if (found !== null && found.mtimeMs < oldest) removeTree(file);
    }
  }
}
