import path from "node:path";
import { DatabaseSync } from "node:sqlite";
import { ToolError, type ToolErrorCode } from "../model/index.ts";

const schema = `
  CREATE TABLE IF NOT EXISTS runs (id TEXT PRIMARY KEY, started_at TEXT NOT NULL, command TEXT NOT NULL, record TEXT NOT NULL);
  CREATE TABLE IF NOT EXISTS proofs (
    id INTEGER PRIMARY KEY AUTOINCREMENT, level INTEGER NOT NULL, proved_at TEXT NOT NULL, record TEXT NOT NULL);
  CREATE INDEX IF NOT EXISTS proofs_by_level ON proofs (level, id);
  CREATE TABLE IF NOT EXISTS notes (name TEXT PRIMARY KEY, record TEXT NOT NULL);
  CREATE TABLE IF NOT EXISTS digests (
    path TEXT PRIMARY KEY, size INTEGER, mtime REAL, ctime REAL, inode INTEGER, digest TEXT NOT NULL) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS packed (digest TEXT PRIMARY KEY, pack TEXT NOT NULL, start INTEGER, length INTEGER) WITHOUT ROWID;
  PRAGMA user_version = 2;
`;
const schemaVersion = 2;

/** Opens (and where new, makes) the database. Another process writing at the same time is waited for, up to 10 s. */
export function openDatabase(file: string): DatabaseSync {
  try {
    const database = new DatabaseSync(file, { timeout: 10_000 });
    const [row] = database.prepare("PRAGMA user_version").all() as { user_version: number }[];
    const version = row?.user_version ?? 0;
    if (version > schemaVersion) {
      database.close();
      throw new ToolError("STORE_CORRUPT", `${file} was written by a newer Rung (store version ${version})`, {
        hint: "Use that version of Rung, or delete the folder and prove anew.",
      });
    }
    if (version < schemaVersion) {
      database.exec("PRAGMA journal_mode = WAL");
      database.exec(schema);
    }
    database.exec("PRAGMA synchronous = FULL");
    return database;
  } catch (error) {
    throw storeFailure(file, error);
  }
}

/** Does work with the database. What SQLite refuses is a ToolError: DISK_FULL or STORE_CORRUPT. */
export function withDatabase<T>(file: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw storeFailure(file, error);
  }
}

/** The value of a record. Throws STORE_CORRUPT where it is no longer what was written. */
export function readRecord(file: string, text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (cause) {
    throw new ToolError("STORE_CORRUPT", `A record in ${file} cannot be read`, {
      cause,
      hint: anew(path.dirname(file)),
    });
  }
}

function anew(directory: string): string {
  return `Delete the folder ${directory}; "rung prove" makes the proofs anew.`;
}

/** SQLite's primary result codes (https://sqlite.org/rescode.html). */
const full = 13;
const damaged = new Set([11, 26]);

function storeFailure(file: string, cause: unknown): unknown {
  const code = (cause as { readonly errcode?: unknown }).errcode;
  if (typeof code !== "number") return cause;
  const said = cause instanceof Error ? cause.message : String(cause);
  const [errorCode, hint] = explain(code & 0xff, path.dirname(file));
  return new ToolError(errorCode, `Cannot use ${file}: ${said}`, { cause, hint });
}

function explain(code: number, directory: string): [ToolErrorCode, string] {
  if (code === full)
    return ["DISK_FULL", "Free some room; then run the same command again. Finished proofs are kept."];
  if (damaged.has(code)) return ["STORE_CORRUPT", anew(directory)];
  return [
    "PATH_UNREADABLE",
    `Check that you may write in ${directory}, that its disk has room, and that no other rung is at work there.`,
  ];
}
