import { joinPath, readBytes, sha256 } from "../system/index.ts";
import { openFactsCache, type FactsCache } from "./facts-cache.ts";
import { isLasting, type SourceFacts } from "./facts.ts";
import { kindOfSource, placeAt, readSource, tooLarge, unreadableSource } from "./read-source.ts";
import type { WorkItem } from "./reader-worker.ts";
import { createWorkerPool, type WorkerPool } from "./worker-pool.ts";

/** A file to read; `path` is relative to the root, `size` in bytes. `digest` (sha256, hex) saves reading it where its
 *  facts are known. */
export interface SourceFile {
  readonly path: string;
  readonly size: number;
  readonly digest?: string;
}

/** Reads many Python files and notebooks. Close it when done. */
export interface SourceReader {
  /** The facts of each file, by path. Files that cannot be read are facts too: `unreadable`, or a finding. */
  read(root: string, files: readonly SourceFile[]): Promise<Map<string, SourceFacts>>;
  close(): Promise<void>;
}

/** How much unknown source makes one piece of work for a thread; less than one such piece in all is read right here,
 *  since starting threads would take longer. */
const batchBytes = 300_000;
/** Files looked up in the cache at a time. */
const lookupSize = 250;

/** `cacheDirectory` keeps facts by content, for every project; `workers` is the number of threads, 2 unless told. */
export function createSourceReader(options: { cacheDirectory: string; workers?: number }): SourceReader {
  const workers = options.workers ?? 2;
  let cache: FactsCache | undefined;
  let pool: WorkerPool | undefined;
  return {
    async read(root, files) {
      cache ??= openFactsCache(options.cacheDirectory);
      const reading = createReading(root, cache, (batch, isAll) => {
        if (workers === 0 || (isAll && pool === undefined)) return readHere(batch);
        pool ??= createWorkerPool(workers);
        return pool.read(batch);
      });
      for (let at = 0; at < files.length; at += lookupSize) {
        reading.look(files.slice(at, at + lookupSize));
        // Twice as many pieces as threads keep all of them busy and bound the memory.
        await reading.atMost(workers * 2);
      }
      return reading.finish();
    },
    async close() {
      cache?.close();
      await pool?.close();
      cache = undefined;
      pool = undefined;
    },
  };
}

type ReadBatch = (batch: readonly WorkItem[], isAll: boolean) => Promise<readonly (string | null)[]>;

/** One pass over the files of a project. */
function createReading(
  root: string,
  cache: FactsCache,
  readBatch: ReadBatch,
): {
  look(files: readonly SourceFile[]): void;
  atMost(batches: number): Promise<void>;
  finish(): Promise<Map<string, SourceFacts>>;
} {
  const facts = new Map<string, SourceFacts>();
  const running = new Set<Promise<void>>();
  /** Files that wait for the facts of content that is being read, by its key. */
  const waiting = new Map<string, SourceFile[]>();
  let batch: WorkItem[] = [];
  let bytesInBatch = 0;

  const settle = (file: SourceFile, json: string): SourceFacts => {
    const found = JSON.parse(json) as SourceFacts;
    facts.set(file.path, placeAt(file.path, found));
    return found;
  };
  const send = (isAll: boolean): void => {
    if (batch.length === 0) return;
    const sent = batch;
    batch = [];
    bytesInBatch = 0;
    const work = readBatch(sent, isAll).then((results) => {
      const fresh = new Map<string, string>();
      for (const [index, { key }] of sent.entries()) {
        const json = results[index];
        for (const file of waiting.get(key) ?? []) {
          if (typeof json !== "string")
            facts.set(file.path, unreadableSource(file.path, "the parser broke on it"));
          else if (isLasting(settle(file, json))) fresh.set(key, json);
        }
        waiting.delete(key);
      }
      cache.add(fresh);
      running.delete(work);
    });
    running.add(work);
  };
  const contentOf = (file: SourceFile): Buffer | null => {
    try {
      return readBytes(joinPath(root, file.path));
    } catch (error) {
      facts.set(
        file.path,
        unreadableSource(file.path, error instanceof Error ? error.message : String(error)),
      );
      return null;
    }
  };

  return {
    look(files) {
      const wanted = files.flatMap((file) => {
        const large = tooLarge(file.path, file.size);
        if (large !== null) facts.set(file.path, large);
        const content = large === null && file.digest === undefined ? contentOf(file) : null;
        const digest = content === null ? file.digest : sha256(content);
        const kind = kindOfSource(file.path);
        return large !== null || digest === undefined
          ? []
          : [{ file, kind, content, key: `${kind}:${digest}` }];
      });
      const known = cache.get(wanted.map(({ key }) => key));
      for (const { file, kind, content, key } of wanted) {
        const json = known.get(key);
        const others = waiting.get(key);
        if (json !== undefined) settle(file, json);
        else if (others !== undefined) others.push(file);
        else {
          const bytes = content ?? contentOf(file);
          if (bytes === null) continue;
          waiting.set(key, [file]);
          batch.push({ key, kind, bytes });
          bytesInBatch += bytes.length;
          if (bytesInBatch >= batchBytes) send(false);
        }
      }
    },
    async atMost(batches) {
      while (running.size > batches) await Promise.race(running);
    },
    async finish() {
      send(true);
      await Promise.all(running);
      return facts;
    },
  };
}

async function readHere(batch: readonly WorkItem[]): Promise<readonly string[]> {
  const facts: string[] = [];
  for (const { kind, bytes } of batch) facts.push(JSON.stringify(await readSource(kind, bytes)));
  return facts;
}
