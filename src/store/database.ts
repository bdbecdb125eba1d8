import { DatabaseSync } from "node:sqlite";
import { ToolError } from "../model/index.ts";

const schema = `
  CREATE TABLE IF NOT EXISTS runs (id TEXT PRIMARY KEY, started_at TEXT NOT NULL, command TEXT NOT NULL, record TEXT NOT NULL);
  CREATE TABLE IF NOT EXISTS proofs (
    id INTEGER PRIMARY KEY AUTOINCREMENT, level INTEGER NOT NULL, proved_at TEXT NOT NULL, record TEXT NOT NULL);
  CREATE INDEX IF NOT EXISTS proofs_by_level ON proofs (level, id);
  CREATE TABLE IF NOT EXISTS notes (name TEXT PRIMARY KEY, record TEXT NOT NULL);
  CREATE TABLE IF NOT EXISTS digests (
    path TEXT PRIMARY KEY, size INTEGER, mtime REAL, ctime REAL, inode INTEGER, digest TEXT NOT NULL) WITHOUT ROWID;
  PRAGMA user_version = 1;
`;

/** Opens (and where new, makes) the database. Another process writing at the same time is waited for, up to 10 s. */
export function openDatabase(file: string): DatabaseSync {
  try {
    const database = new DatabaseSync(file, { timeout: 10_000 });
    const [row] = database.prepare("PRAGMA user_version").all() as { user_version: number }[];
    const version = row?.user_version ?? 0;
    if (version > 1) {
      database.close();
      throw new ToolError("STORE_CORRUPT", `${file} was written by a newer Rung (store version ${version})`, {
        hint: "Use that version of Rung, or delete the folder and prove anew.",
      });
    }
    if (version < 1) {
      database.exec("PRAGMA journal_mode = WAL");
      database.exec(schema);
    }
    database.exec("PRAGMA synchronous = FULL");
    return database;
  } catch (error) {
    if (error instanceof ToolError) throw error;
    const full = error instanceof Error && /full/iu.test(error.message);
    throw new ToolError(
      full ? "DISK_FULL" : "STORE_CORRUPT",
      `Cannot use ${file}: ${error instanceof Error ? error.message : String(error)}`,
      {
        cause: error,
        hint: "Free some disk space or delete the folder .rung; the proofs are then made anew.",
      },
    );
  }
}
