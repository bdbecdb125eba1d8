import path from "node:path";
import { DatabaseSync } from "node:sqlite";
import { ToolError } from "../model/index.ts";
import { withDatabase } from "./database.ts";

/** A lock of the operating system's own, which a killed process gives back. */
export interface Held {
  close(): void;
}

/** Says that somebody is at work in a store; many may be. Waits for one who has it alone, up to a minute. */
export function holdShared(directory: string): Held {
  return hold(directory, 60_000, "BEGIN; SELECT count(*) FROM sqlite_master");
}

/** Has a store alone. Throws STORE_BUSY where another is at work in it. */
export function holdAlone(directory: string): Held {
  try {
    return hold(directory, 1_000, "BEGIN EXCLUSIVE");
  } catch (error) {
    const cause = error instanceof ToolError ? error.cause : null;
    if ((cause as { errcode?: unknown } | null)?.errcode !== busy) throw error;
    throw new ToolError("STORE_BUSY", `Another rung is at work in ${directory}`, {
      cause,
      hint: "Wait for it to end; then run the same command again.",
    });
  }
}

/** SQLite's result code (https://sqlite.org/rescode.html). */
const busy = 5;

function hold(directory: string, timeout: number, statement: string): Held {
  const file = path.join(directory, "in-use.lock");
  return withDatabase(file, () => {
    const lock = new DatabaseSync(file, { timeout });
    try {
      lock.exec(statement);
      return lock;
    } catch (error) {
      lock.close();
      throw error;
    }
  });
}
