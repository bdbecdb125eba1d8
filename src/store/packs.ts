import { randomUUID } from "node:crypto";
import path from "node:path";
import type { DatabaseSync } from "node:sqlite";
import { createAtomic, fileSize, listNames, readRange, removeTree, sha256 } from "../system/index.ts";

/** How many contents went, and how many bytes they were. */
export interface Removed {
  readonly contents: number;
  readonly bytes: number;
}

/**
 * Many small contents in one file each: to make a file for every content takes a hundred times as long. A pack is whole, on
 * the disk, before the database tells what is in it, so that a killed process leaves a file that nobody refers to.
 */
export interface Packs {
  has(digest: string): boolean;
  /** The content; null where it is not here, or no longer what it was. */
  read(digest: string): Buffer | null;
  digests(): readonly string[];
  add(contents: ReadonlyMap<string, Uint8Array>): void;
  /** Forgets what `isKept` does not name, and files that nobody refers to. */
  prune(isKept: (digest: string) => boolean, isDry: boolean): Removed;
}

interface Place {
  readonly pack: string;
  readonly start: number;
  readonly length: number;
}

export function openPacks(directory: string, database: DatabaseSync): Packs {
  const file = (pack: string): string => path.join(directory, pack);
  const sizes = new Map<string, number>();
  const sizeOf = (pack: string): number => {
    const known = sizes.get(pack) ?? fileSize(file(pack)) ?? 0;
    sizes.set(pack, known);
    return known;
  };
  const query = database.prepare("SELECT pack, start, length FROM packed WHERE digest = ?");
  const placeOf = (digest: string): Place | null => {
    const row = query.get(digest) as Place | undefined;
    return row !== undefined && row.start + row.length <= sizeOf(row.pack) ? row : null;
  };
  const read = (digest: string): Buffer | null => {
    const place = placeOf(digest);
    const content = place === null ? null : readRange(file(place.pack), place.start, place.length);
    return content !== null && sha256(content) === digest ? content : null;
  };
  const add = (contents: ReadonlyMap<string, Uint8Array>): void => {
    const pack = `${randomUUID()}.pack`;
    using writer = createAtomic(file(pack));
    writer.write(Buffer.concat([...contents.values()]));
    writer.commit();
    const insert = database.prepare("INSERT OR REPLACE INTO packed VALUES (?, ?, ?, ?)");
    let start = 0;
    const places = Array.from(contents, ([digest, { length }]) => {
      const place = [digest, pack, start, length] as const;
      start += length;
      return place;
    });
    // In the order of the table they are put in without a search.
    places.sort(([a], [b]) => (a < b ? -1 : 1));
    inTransaction(database, () => {
      for (const place of places) insert.run(...place);
    });
  };
  return {
    has: (digest) => placeOf(digest) !== null,
    read,
    digests() {
      const all = database.prepare("SELECT digest, pack, start + length FROM packed");
      all.setReturnArrays(true);
      const rows = all.all() as unknown as (readonly [string, string, number])[];
      return rows.flatMap(([digest, pack, end]) => (end <= sizeOf(pack) ? digest : []));
    },
    add,
    prune(isKept, isDry) {
      const rows = database.prepare("SELECT digest, pack, length FROM packed").all() as unknown as (Place & {
        readonly digest: string;
      })[];
      let contents = 0;
      let bytes = 0;
      for (const [pack, all] of Map.groupBy(rows, (row) => row.pack)) {
        const gone = all.filter(({ digest }) => !isKept(digest));
        contents += gone.length;
        bytes += gone.reduce((sum, { length }) => sum + length, 0);
        if (gone.length === 0 || isDry) continue;
        const left = all.filter(({ digest }) => isKept(digest));
        // What is kept moves to a pack of its own before the old one goes.
        const kept = left.flatMap(({ digest }) => {
          const content = read(digest);
          return content === null ? [] : [[digest, content] as const];
        });
        if (kept.length > 0) add(new Map(kept));
        database.prepare("DELETE FROM packed WHERE pack = ?").run(pack);
        removeTree(file(pack));
      }
      if (isDry) return { contents, bytes };
      const named = database.prepare("SELECT DISTINCT pack FROM packed").all() as { pack: string }[];
      const known = new Set(named.map(({ pack }) => pack));
      for (const name of listNames(directory)) if (!known.has(name)) removeTree(file(name));
      return { contents, bytes };
    },
  };
}

function inTransaction(database: DatabaseSync, work: () => void): void {
  database.exec("BEGIN IMMEDIATE");
  try {
    work();
    database.exec("COMMIT");
  } catch (error) {
    database.exec("ROLLBACK");
    throw error;
  }
}
