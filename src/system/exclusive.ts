import path from "node:path";
import { makeDirectory, writeFailure } from "./files.ts";

const pauseMs = 40;

/**
 * Does `work` while no other process on this machine does work under the same lock file. The lock is the operating
 * system's own (SQLite's exclusive transaction), so that one held by a killed process is free at once and there is
 * nothing stale to judge. `waiting` is called once where another holds it.
 */
export async function withExclusive<T>(
  lockFile: string,
  work: () => Promise<T>,
  waiting: () => void = () => {},
): Promise<T> {
  makeDirectory(path.dirname(lockFile));
  const { DatabaseSync } = await import("node:sqlite");
  let database: InstanceType<typeof DatabaseSync>;
  try {
    database = new DatabaseSync(lockFile, { timeout: 0 });
  } catch (error) {
    throw writeFailure(lockFile, error);
  }
  try {
    for (let told = false; !begin(database, lockFile); told = true) {
      if (!told) waiting();
      await new Promise((resolve) => setTimeout(resolve, pauseMs));
    }
    return await work();
  } finally {
    database.close();
  }
}

const busy = 5;

function begin(database: { exec(sql: string): void }, lockFile: string): boolean {
  try {
    database.exec("BEGIN EXCLUSIVE");
    return true;
  } catch (error) {
    if ((error as { errcode?: number }).errcode === busy) return false;
    throw writeFailure(lockFile, error);
  }
}
