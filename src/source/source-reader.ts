import { joinPath, readBytes, sha256 } from "../system/index.ts";
import { openFactsCache, type FactsCache } from "./facts-cache.ts";
import type { SourceFacts } from "./facts.ts";
import { kindOfSource, placeAt, readSource, tooLarge, unreadableSource } from "./read-source.ts";
import type { WorkItem } from "./reader-worker.ts";
import { createWorkerPool, type WorkerPool } from "./worker-pool.ts";

/** A file to read; `path` is relative to the root, `size` in bytes. `digest` (sha256, hex) saves reading it where its
 *  facts are known. */
export interface SourceFile {
  readonly path: string;
  readonly size: number;
  readonly mtimeMs: number;
  readonly digest?: string;
}

/** Reads many Python files and notebooks. Close it when done. */
export interface SourceReader {
  /** The facts of each file, by path. Files that cannot be read are facts too: `unreadable`, or a finding. */
  read(root: string, files: readonly SourceFile[]): Promise<Map<string, SourceFacts>>;
  close(): Promise<void>;
}

/** Work above this many bytes is shared out to threads; below, starting them would take longer than the work. */
const threadsFromBytes = 400_000;
const batchBytes = 400_000;
/** Batches read ahead of the threads: what bounds the memory. */
const batchesAhead = 2;

/** `cacheDirectory` keeps facts by content, for every project; `workers` is the number of threads, 2 unless told. */
export function createSourceReader(options: { cacheDirectory: string; workers?: number }): SourceReader {
  const workers = options.workers ?? 2;
  let cache: FactsCache | undefined;
  let pool: WorkerPool | undefined;
  return {
    async read(root, files) {
      cache ??= openFactsCache(options.cacheDirectory);
      const facts = new Map<string, SourceFacts>();
      const wanted = withDigests(root, files, facts);
      const known = cache.get(Array.from(wanted, ({ key }) => key));
      const missing = new Map<string, Wanted>();
      let missingBytes = 0;
      for (const item of wanted) {
        if (known.has(item.key) || missing.has(item.key)) continue;
        missing.set(item.key, item);
        missingBytes += item.file.size;
      }
      if (missing.size > 0) {
        const useThreads = workers > 0 && missingBytes > threadsFromBytes;
        if (useThreads) pool ??= createWorkerPool(workers);
        const read = useThreads && pool !== undefined ? pool.read : readHere;
        const fresh = await readMissing(root, Array.from(missing.values()), read, workers);
        cache.add(fresh);
        for (const [key, json] of fresh) known.set(key, json);
      }
      for (const { file, key } of wanted) {
        const json = known.get(key);
        facts.set(
          file.path,
          json === undefined
            ? unreadableSource(file.path, "it could not be read")
            : placeAt(file.path, JSON.parse(json) as SourceFacts),
        );
      }
      return facts;
    },
    async close() {
      cache?.close();
      await pool?.close();
      cache = undefined;
      pool = undefined;
    },
  };
}

interface Wanted {
  readonly file: SourceFile;
  /** Kind and digest: the same bytes say something else as a notebook. */
  readonly key: string;
}

/** Puts files that are too large or not readable into `facts` and gives the others with their digests. */
function withDigests(root: string, files: readonly SourceFile[], facts: Map<string, SourceFacts>): Wanted[] {
  return files.flatMap((file) => {
    const large = tooLarge(file.path, file.size);
    if (large !== null) {
      facts.set(file.path, large);
      return [];
    }
    const digest = file.digest ?? readOr(root, file, facts, sha256);
    return digest === null ? [] : [{ file, key: `${kindOfSource(file.path)}:${digest}` }];
  });
}

function readOr<T>(
  root: string,
  file: SourceFile,
  facts: Map<string, SourceFacts> | null,
  use: (bytes: Buffer) => T,
): T | null {
  try {
    return use(readBytes(joinPath(root, file.path)));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    facts?.set(file.path, unreadableSource(file.path, reason));
    return null;
  }
}

async function readMissing(
  root: string,
  missing: readonly Wanted[],
  read: WorkerPool["read"],
  workers: number,
): Promise<Map<string, string>> {
  const fresh = new Map<string, string>();
  const waiting = missing.values();
  const lane = async (): Promise<void> => {
    for (let batch = takeBatch(root, waiting); batch.length > 0; batch = takeBatch(root, waiting)) {
      const facts = await read(batch);
      for (const [index, { kind, digest }] of batch.entries()) {
        const json = facts[index];
        if (json !== null && json !== undefined) fresh.set(`${kind}:${digest}`, json);
      }
    }
  };
  await Promise.all(Array.from({ length: Math.max(1, workers) * batchesAhead }, lane));
  return fresh;
}

function takeBatch(root: string, waiting: Iterator<Wanted>): WorkItem[] {
  const batch: WorkItem[] = [];
  for (let bytes = 0; bytes < batchBytes;) {
    const step = waiting.next();
    if (step.done === true) break;
    const { file } = step.value;
    const content = readOr(root, file, null, (found) => found);
    if (content === null) continue;
    bytes += content.length;
    // The digest is that of what was read just now, should the file have changed since.
    batch.push({ kind: kindOfSource(file.path), digest: sha256(content), bytes: content });
  }
  return batch;
}

async function readHere(batch: readonly WorkItem[]): Promise<readonly string[]> {
  const facts: string[] = [];
  for (const { kind, bytes } of batch) facts.push(JSON.stringify(await readSource(kind, bytes)));
  return facts;
}
