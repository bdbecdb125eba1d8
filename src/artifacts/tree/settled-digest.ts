import {
  cacheDirectory,
  contentState,
  exists,
  fileSize,
  hashFile,
  now,
  realPath,
} from "../../system/index.ts";
import { readText, sha256, writeScratch } from "../../system/index.ts";

/** A file that changed so short a time ago may change again without its times telling. */
const settledAfterMs = 3000;
/** What is smaller is hashed sooner than looked up. */
const smallestKept = 4 << 20;

/**
 * The sha256 (hex) of a regular file's content, as hashFile gives it; of a large one it is kept in Rung's cache, and serves
 * for as long as device, inode, size and both times are as they were.
 */
export function settledDigest(filePath: string): string {
  if ((fileSize(filePath) ?? 0) < smallestKept) return hashFile(filePath);
  const file = realPath(filePath) ?? filePath;
  const { state, changedMs } = contentState(file);
  const kept = cacheDirectory("digests", sha256(state).slice(0, 32));
  const known = exists(kept) ? readText(kept) : "";
  // One that was cut off by a crash has another form.
  if (/^[0-9a-f]{64}\n$/u.test(known)) return known.trim();
  const isSettled = changedMs < Date.parse(now()) - settledAfterMs;
  const digest = hashFile(file);
  if (isSettled && contentState(file).state === state) writeScratch(kept, `${digest}\n`);
  return digest;
}
