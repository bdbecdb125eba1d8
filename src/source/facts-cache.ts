import { createHash } from "node:crypto";
import { createRequire } from "node:module";
import path from "node:path";
import { DatabaseSync } from "node:sqlite";
import { listTree, makeDirectory, readBytes, removeTree } from "../system/index.ts";

/** Facts by content digest, as JSON text. A cache: what goes wrong with it costs time and is never an error. */
export interface FactsCache {
  /** The facts known, by digest. */
  get(digests: readonly string[]): Map<string, string>;
  add(facts: ReadonlyMap<string, string>): void;
  close(): void;
}

const limitBytes = 256 << 20;

/**
 * Opens the cache in `directory`: one SQLite file in WAL mode, so that a crash loses at most the last batch and several
 * processes may share it. Its name carries a digest of this room's code and grammar: another version never reads these facts.
 */
export function openFactsCache(directory: string): FactsCache {
  const file = path.join(directory, `source-${codeDigest().slice(0, 16)}.sqlite`);
  let database = attempt(() => open(directory, file));
  if (database === null) {
    attempt(() => {
      for (const suffix of ["", "-wal", "-shm"]) removeTree(file + suffix);
    });
    database = attempt(() => open(directory, file));
  }
  return database === null ? noCache : cacheOver(database);
}

function open(directory: string, file: string): DatabaseSync {
  makeDirectory(directory);
  const database = new DatabaseSync(file, { timeout: 5000 });
  database.exec("PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL");
  database.exec("CREATE TABLE IF NOT EXISTS facts (id INTEGER PRIMARY KEY, digest TEXT UNIQUE, json TEXT)");
  return database;
}

function cacheOver(database: DatabaseSync): FactsCache {
  return {
    get(digests) {
      const found = new Map<string, string>();
      attempt(() => {
        const select = database.prepare("SELECT json FROM facts WHERE digest = ?");
        database.exec("BEGIN");
        for (const digest of digests) {
          const row = select.get(digest);
          if (typeof row?.["json"] === "string") found.set(digest, row["json"]);
        }
        database.exec("COMMIT");
      });
      return found;
    },
    add(facts) {
      attempt(() => {
        const insert = database.prepare("INSERT OR IGNORE INTO facts (digest, json) VALUES (?, ?)");
        database.exec("BEGIN IMMEDIATE");
        for (const [digest, json] of facts) insert.run(digest, json);
        database.exec("COMMIT");
      });
      if (database.isTransaction) attempt(() => database.exec("ROLLBACK"));
    },
    close() {
      attempt(() => forgetOldest(database));
      attempt(() => database.close());
    },
  };
}

/** Drops the older half once the file has grown past its limit; its pages are used again. */
function forgetOldest(database: DatabaseSync): void {
  const size = database
    .prepare(
      "SELECT (page_count - freelist_count) * page_size AS bytes FROM pragma_page_count, pragma_freelist_count, pragma_page_size",
    )
    .get();
  if (Number(size?.["bytes"]) < limitBytes) return;
  database.exec("DELETE FROM facts WHERE id <= (SELECT (min(id) + max(id)) / 2 FROM facts)");
}

const noCache: FactsCache = { get: () => new Map(), add: () => {}, close: () => {} };

function attempt<T>(action: () => T): T | null {
  try {
    return action();
  } catch {
    return null;
  }
}

let ownDigest: string | undefined;

function codeDigest(): string {
  if (ownDigest !== undefined) return ownDigest;
  const hash = createHash("sha256");
  hash.update(readBytes(createRequire(import.meta.url).resolve("tree-sitter-python/package.json")));
  for (const { path: name, kind } of listTree(import.meta.dirname).entries)
    if (kind === "file" && !name.includes(".test."))
      hash.update(readBytes(path.join(import.meta.dirname, name)));
  ownDigest = hash.digest("hex");
  return ownDigest;
}
