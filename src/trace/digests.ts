import os from "node:os";
import { hashFile, lookUp } from "../system/index.ts";
import { hashInThreads } from "./hash-threads.ts";
import { limits } from "./limits.ts";

export interface FileDigest {
  readonly digest: string | null;
  readonly size: number;
  readonly mtimeMs: number;
}

export interface Digests {
  /** By path; folders, devices and what is gone are not there. */
  readonly files: ReadonlyMap<string, FileDigest>;
  readonly unhashed: number;
  readonly unhashedBytes: number;
}

/** Up to this much is read at once; above, starting threads pays. */
const aloneBytes = 48 << 20;

/**
 * The sha256 of each file, each content once (a file that is known by several paths or links is read once). `known` gives
 * digests that were taken already. What is too much for `limits` is left unread, smallest files first.
 */
export async function digestFiles(
  paths: readonly string[],
  known: (path: string, found: NonNullable<ReturnType<typeof lookUp>>) => string | null,
  bounds: { readonly hashedBytes: number; readonly hashedMs: number } = limits,
  look: typeof lookUp = lookUp,
): Promise<Digests> {
  const files = new Map<string, FileDigest>();
  const places = new Map<string, { readonly size: number; readonly paths: string[] }>();
  for (const path of new Set(paths)) {
    const found = look(path);
    if (found === null || !found.isFile) continue;
    const { size, mtimeMs, realPath } = found;
    const digest = known(path, found);
    files.set(path, { digest, size, mtimeMs });
    if (digest !== null) continue;
    const place = places.get(realPath);
    if (place === undefined) places.set(realPath, { size, paths: [path] });
    else place.paths.push(path);
  }
  const jobs = Array.from(places, ([path, { size }]) => ({ path, size })).sort((a, b) => a.size - b.size);
  let bytes = 0;
  const chosen = jobs.filter(({ size }) => (bytes += size) <= bounds.hashedBytes);
  const total = chosen.reduce((sum, { size }) => sum + size, 0);
  const hashed =
    total <= aloneBytes
      ? hashHere(chosen, bounds.hashedMs)
      : await hashInThreads(chosen, threads(), bounds.hashedMs);
  for (const [path, place] of places) {
    const digest = hashed.get(path) ?? null;
    for (const one of place.paths) {
      const file = files.get(one);
      if (file !== undefined) files.set(one, { ...file, digest });
    }
  }
  const left = jobs.filter(({ path }) => !hashed.has(path));
  return { files, unhashed: left.length, unhashedBytes: left.reduce((sum, { size }) => sum + size, 0) };
}

function threads(): number {
  return Math.max(1, Math.min(os.availableParallelism(), 4));
}

function hashHere(jobs: readonly { readonly path: string }[], limitMs: number): ReadonlyMap<string, string> {
  const hashed = new Map<string, string>();
  const until = performance.now() + limitMs;
  for (const { path } of jobs) {
    if (performance.now() > until) break;
    const digest = hashOrNull(path);
    if (digest !== null) hashed.set(path, digest);
  }
  return hashed;
}

/** Null where it went, or may not be read. */
export function hashOrNull(path: string): string | null {
  try {
    return hashFile(path);
  } catch {
    return null;
  }
}
