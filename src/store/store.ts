import path from "node:path";
import type { Proof, Run } from "../model/index.ts";
import { exists, type TreeEntry } from "../system/index.ts";
import { openBlobs, type Blobs } from "./blobs.ts";
import { holdAlone, holdShared } from "./in-use.ts";
import { openPacks, type Removed } from "./packs.ts";
import { pruneRuns } from "./prune.ts";
import { openDatabase, readRecord, withDatabase } from "./database.ts";
import { digestEntries } from "./digests.ts";
import { ownSeal } from "./seal.ts";
import { prepareDirectory, storeDirectory } from "./directory.ts";

/** Rung's memory of one project. Every write is one transaction: a killed process leaves it whole or absent. */
export interface Store {
  readonly directory: string;
  readonly blobs: Blobs;
  saveRun(run: Run): void;
  run(id: string): Run | null;
  /** Those whose id begins so, the newest first; two at most, since more than one is one too many. */
  runsStartingWith(id: string): readonly Run[];
  /** The newest run of a command that was observed, else its newest. */
  latestRun(command: string): Run | null;
  /** Runs that `rung run` recorded, of one command or of all (null), the newest first. */
  recordedRuns(most: number, command?: string | null): readonly Run[];
  saveProof(proof: Proof): void;
  /** The newest proof of each level. */
  latestProofs(): ReadonlyMap<number, Proof>;
  /** A small named value, such as what the last command knew of the project. */
  saveNote(name: string, value: unknown): void;
  note(name: string): unknown;
  digests(root: string, entries: readonly TreeEntry[]): Map<string, string>;
  /** Removes these runs, but for those that a proof names, and all contents that nothing refers to any more. For a store
   *  that is open alone. A dry one removes nothing. */
  prune(runs: readonly string[], isDry: boolean): Removed & { readonly runs: readonly string[] };
  close(): void;
}

/** Opens the store of the project at `root`, making it where there is none. */
export function openStore(root: string): Store {
  const directory = storeDirectory(root);
  prepareDirectory(directory);
  const held = holdShared(directory);
  try {
    return openAt(directory, held);
  } catch (error) {
    held.close();
    throw error;
  }
}

/** The store of the project at `root`, while no other Rung has it open; null where there is none yet. Throws STORE_BUSY. */
export function openStoreAlone(root: string): Store | null {
  const directory = storeDirectory(root);
  if (!exists(path.join(directory, "rung.sqlite"))) return null;
  const held = holdAlone(directory);
  try {
    return openAt(directory, held);
  } catch (error) {
    held.close();
    throw error;
  }
}

/** A store of its own in a folder of the caller's, for work whose runs are not kept. */
export function openScratchStore(folder: string): Store {
  const directory = path.join(folder, "store");
  prepareDirectory(directory);
  return openAt(directory);
}

/** The store of the project at `root`, or null where there is none yet. Makes nothing. */
export function findStore(root: string): Store | null {
  const directory = storeDirectory(root);
  return exists(path.join(directory, "rung.sqlite")) ? openAt(directory) : null;
}

function openAt(directory: string, held?: { close(): void }): Store {
  const file = path.join(directory, "rung.sqlite");
  const database = openDatabase(file);
  const seal = ownSeal();
  const parse = (row: Readonly<Record<string, unknown>>): unknown => readRecord(file, String(row["record"]));
  // What another user's Rung wrote counts for nothing: its proofs were not made here.
  const unseal = (row: Readonly<Record<string, unknown>>): unknown => {
    const text = seal.open(String(row["record"]));
    return text === null ? null : readRecord(file, text);
  };
  const attempt = <T>(work: () => T): T => withDatabase(file, work);
  const blobs = openBlobs(path.join(directory, "blobs"), openPacks(path.join(directory, "packs"), database));
  return {
    directory,
    blobs,
    saveRun(run) {
      attempt(() =>
        database
          .prepare("INSERT OR REPLACE INTO runs VALUES (?, ?, ?, ?)")
          .run(run.id, run.startedAt, run.command, JSON.stringify(run)),
      );
    },
    run(id) {
      const row = attempt(() => database.prepare("SELECT record FROM runs WHERE id = ?").get(id));
      return row === undefined ? null : (parse(row) as Run);
    },
    runsStartingWith(id) {
      const query = "SELECT record FROM runs WHERE substr(id, 1, ?) = ? ORDER BY started_at DESC LIMIT 2";
      const rows = attempt(() => database.prepare(query).all(id.length, id));
      return rows.map((row) => parse(row) as Run);
    },
    latestRun(command) {
      const query = `SELECT record FROM runs WHERE command = ?
        ORDER BY json_extract(record, '$.trace') IS NULL, started_at DESC, rowid DESC LIMIT 1`;
      const row = attempt(() => database.prepare(query).get(command));
      return row === undefined ? null : (parse(row) as Run);
    },
    recordedRuns(most, command = null) {
      const query = `SELECT record FROM runs WHERE json_extract(record, '$.circumstances') IS NOT NULL AND (? IS NULL OR command = ?)
        ORDER BY started_at DESC, rowid DESC LIMIT ?`;
      return attempt(() => database.prepare(query).all(command, command, most)).map(
        (row) => parse(row) as Run,
      );
    },
    saveProof(proof) {
      attempt(() =>
        database
          .prepare("INSERT INTO proofs (level, proved_at, record) VALUES (?, ?, ?)")
          .run(proof.level, proof.provedAt, seal.close(JSON.stringify(proof))),
      );
    },
    latestProofs() {
      const rows = attempt(() =>
        database
          .prepare("SELECT record FROM proofs WHERE id IN (SELECT max(id) FROM proofs GROUP BY level)")
          .all(),
      );
      const proofs = rows.map((row) => unseal(row) as Proof | null).filter((proof) => proof !== null);
      return new Map(proofs.map((proof) => [proof.level, proof]));
    },
    saveNote(name, value) {
      attempt(() =>
        database
          .prepare("INSERT OR REPLACE INTO notes VALUES (?, ?)")
          .run(name, seal.close(JSON.stringify(value))),
      );
    },
    note(name) {
      const row = attempt(() => database.prepare("SELECT record FROM notes WHERE name = ?").get(name));
      return row === undefined ? null : unseal(row);
    },
    digests: (root, entries) => attempt(() => digestEntries(database, root, entries)),
    prune: (runs, isDry) => attempt(() => pruneRuns(database, blobs, runs, isDry)),
    close() {
      database.close();
      held?.close();
    },
  };
}
