import { fileSize, joinPath, lookUp, now, readText } from "../../../system/index.ts";
import { setModified, writeAtomic } from "../../../system/index.ts";

/** A layer's tar as the cache knows it. */
export interface CachedLayer {
  /** Hex. */
  readonly sha256: string;
  /** Bytes. */
  readonly size: number;
}

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
      writeAtomic(joinPath(directory, "keys", key), `${sha256} ${size}\n`);
    },
  };
}

/** What was used lately stays when the cache is pruned. */
const touch = (file: string): void => setModified(file, Date.parse(now()));

function parse(file: string): CachedLayer | null {
  if (lookUp(file) === null) return null;
  const [, sha256, size] = /^([0-9a-f]{64}) (\d{1,15})\n$/u.exec(readText(file)) ?? [];
  return sha256 === undefined ? null : { sha256, size: Number(size) };
}
