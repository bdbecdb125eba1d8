import { randomBytes } from "node:crypto";
import path from "node:path";
import {
  exists,
  listNames,
  makeDirectory,
  readText,
  removeTree,
  touch,
  withExclusive,
  writeAtomic,
} from "../system/index.ts";
import { packageCache } from "./uv/run-uv.ts";
import type { Progress } from "./progress.ts";

interface FinishedRecord<T> {
  readonly schemaVersion: 1;
  readonly folder: string;
  readonly value: T;
}

interface Making<T> {
  /** The folder of the cache that it goes to, and what it is made from. */
  readonly kind: "environments" | "kernels";
  readonly digest: string;
  /** Fills the new, empty folder at this path, and says what is to be remembered of it. */
  readonly make: (folder: string) => Promise<T>;
  /** False where what is there was changed since: it is then made anew. */
  readonly intact: (folder: string, value: T) => boolean;
  readonly progress: Progress;
}

/**
 * A folder of the cache that is made once for each digest. Each attempt fills a folder of its own, which counts only
 * when the record that names it has been written: what a killed attempt leaves is never taken for finished, even where
 * its installer lives on, and the next attempt clears it. Of several makers at once one works and the others wait.
 */
export async function madeOnce<T>(
  making: Making<T>,
): Promise<{ readonly folder: string; readonly value: T }> {
  const home = packageCache(making.kind);
  const key = making.digest.slice(0, 24);
  const record = path.join(home, `${key}.json`);
  const ready = (): { folder: string; value: T } | null => {
    // First of all: who prunes the cache looks at when it was touched, and takes away the record before what it names.
    touch(record);
    const found = read<T>(record);
    if (found === null) return null;
    const folder = path.join(home, found.folder);
    return making.intact(folder, found.value) ? { folder, value: found.value } : null;
  };
  const found = ready();
  if (found !== null) return found;
  return withExclusive(
    path.join(home, `${key}.lock`),
    async () => {
      const foundMeanwhile = ready();
      if (foundMeanwhile !== null) return foundMeanwhile;
      removeTree(record);
      for (const name of listNames(home)) if (name.startsWith(`${key}.d`)) removeTree(path.join(home, name));
      const name = `${key}.d${randomBytes(3).toString("hex")}`;
      const folder = path.join(home, name);
      makeDirectory(folder);
      try {
        const value = await making.make(folder);
        const content: FinishedRecord<T> = { schemaVersion: 1, folder: name, value };
        writeAtomic(record, `${JSON.stringify(content)}\n`);
        return { folder, value };
      } catch (error) {
        removeTree(folder);
        throw error;
      }
    },
    () => making.progress("waiting for another rung that makes the same environment"),
  );
}

function read<T>(record: string): FinishedRecord<T> | null {
  if (!exists(record)) return null;
  try {
    const found = JSON.parse(readText(record)) as FinishedRecord<T>;
    return found.schemaVersion === 1 ? found : null;
  } catch {
    return null;
  }
}
