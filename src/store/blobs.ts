import path from "node:path";
import { ToolError } from "../model/index.ts";
import {
  copyFileAtomic,
  fileSize,
  hashFile,
  listNames,
  readBytes,
  readRange,
  removeTree,
  sha256,
  writeAtomic,
} from "../system/index.ts";
import type { Packs, Removed } from "./packs.ts";

/** Contents named by their sha256 (hex). A blob is whole or absent, in a file of its own or among others in a pack. */
export interface Blobs {
  put(content: string | Uint8Array): string;
  putFile(filePath: string): string;
  /** Throws STORE_CORRUPT where it is not there, or is no longer what it was. */
  read(digest: string): Buffer;
  copyTo(digest: string, filePath: string): void;
  has(digest: string): boolean;
  /** All that are there. */
  digests(): ReadonlySet<string>;
  /** Where a blob lies; never write there. */
  path(digest: string): string;
  /** Takes many contents together: small ones are there once it is committed, and cost little each. */
  batch(): BlobBatch;
  /** Removes all that `isKept` does not name. No other process may be at work. A dry one removes nothing. */
  prune(isKept: (digest: string) => boolean, isDry: boolean): Removed;
}

/** What is put here is for others to see after `commit`. */
export interface BlobBatch extends Pick<Blobs, "put" | "putFile" | "copyTo" | "has"> {
  commit(): void;
}

/** Up to this size a content goes with others into a pack; so many of them and more are worth one (each file waits for the
 *  disk), and so many bytes one. */
const small = { bytes: 1 << 20, fewest: 3, packBytes: 16 << 20 } as const;

const emptyDigest = sha256("");

export function openBlobs(directory: string, packs: Packs): Blobs {
  const place = (digest: string): string => path.join(directory, digest.slice(0, 2), digest.slice(2));
  // A machine that lost its power may leave the name without the content.
  const liesWhole = (digest: string, size: number | null): boolean => {
    const found = fileSize(place(digest));
    return found !== null && (size === null ? found > 0 || digest === emptyDigest : found === size);
  };
  const has = (digest: string): boolean => liesWhole(digest, null) || packs.has(digest);
  const read = (digest: string): Buffer => {
    const content = packs.read(digest) ?? (liesWhole(digest, null) ? readBytes(place(digest)) : null);
    if (content === null || sha256(content) !== digest) throw missing(directory, digest);
    return content;
  };
  const put = (content: string | Uint8Array): string => {
    const digest = sha256(content);
    if (!liesWhole(digest, Buffer.byteLength(content)) && !packs.has(digest))
      writeAtomic(place(digest), content);
    return digest;
  };
  const putFile = (filePath: string): string => {
    const digest = hashFile(filePath);
    if (!liesWhole(digest, fileSize(filePath)) && !packs.has(digest)) copyFileAtomic(filePath, place(digest));
    return digest;
  };
  const loose = (): string[] =>
    listNames(directory).flatMap((start) =>
      /^[0-9a-f]{2}$/u.test(start)
        ? listNames(path.join(directory, start)).flatMap((rest) =>
            /^[0-9a-f]{62}$/u.test(rest) ? `${start}${rest}` : [],
          )
        : [],
    );
  const blobs: Blobs = {
    put,
    putFile,
    read,
    copyTo(digest, filePath) {
      if (liesWhole(digest, null)) copyFileAtomic(place(digest), filePath);
      else writeAtomic(filePath, read(digest));
    },
    path(digest) {
      if (!liesWhole(digest, null) && packs.has(digest)) writeAtomic(place(digest), read(digest));
      return place(digest);
    },
    has,
    digests: () => new Set([...loose(), ...packs.digests()]),
    batch: () => openBatch(blobs, packs),
    prune(isKept, isDry) {
      let contents = 0;
      let bytes = 0;
      const gone = loose().filter((digest) => !isKept(digest));
      // A list of contents goes before what it lists: what is there promises the rest.
      const lists = gone.filter((digest) => isList(place(digest)));
      for (const digest of new Set([...lists, ...gone])) {
        bytes += fileSize(place(digest)) ?? 0;
        contents += 1;
        if (!isDry) removeTree(place(digest));
      }
      const packed = packs.prune(isKept, isDry);
      return { contents: contents + packed.contents, bytes: bytes + packed.bytes };
    },
  };
  return blobs;
}

function openBatch(blobs: Blobs, packs: Packs): BlobBatch {
  const waiting = new Map<string, Uint8Array>();
  let bytes = 0;
  let known: ReadonlySet<string> | null = null;
  let asked = 0;
  const has = (digest: string): boolean => {
    if (waiting.has(digest)) return true;
    asked += 1;
    // To ask for all at once takes as long as to ask for some hundreds.
    if (asked > 500) known ??= blobs.digests();
    return known?.has(digest) ?? blobs.has(digest);
  };
  const commit = (): void => {
    if (waiting.size >= small.fewest) packs.add(waiting);
    else for (const content of waiting.values()) blobs.put(content);
    waiting.clear();
    bytes = 0;
  };
  const put = (content: string | Uint8Array): string => {
    const whole = typeof content === "string" ? Buffer.from(content) : content;
    if (whole.length > small.bytes) return blobs.put(whole);
    const digest = sha256(whole);
    if (has(digest)) return digest;
    waiting.set(digest, whole);
    bytes += whole.length;
    if (bytes > small.packBytes) commit();
    return digest;
  };
  return {
    has,
    put,
    putFile: (filePath) =>
      (fileSize(filePath) ?? 0) > small.bytes ? blobs.putFile(filePath) : put(readBytes(filePath)),
    copyTo(digest, filePath) {
      const content = waiting.get(digest);
      if (content === undefined) blobs.copyTo(digest, filePath);
      else writeAtomic(filePath, content);
    },
    commit,
  };
}

/** Whether a file begins as a JSON list. */
function isList(filePath: string): boolean {
  return readRange(filePath, 0, 1)?.[0] === 0x5b;
}

function missing(directory: string, digest: string): ToolError {
  return new ToolError("STORE_CORRUPT", `The content ${digest} is missing from ${directory}`, {
    hint: `Delete the folder ${path.dirname(directory)}; "rung prove" makes the proofs anew.`,
  });
}
