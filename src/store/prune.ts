import type { DatabaseSync } from "node:sqlite";
import type { Run } from "../model/index.ts";
import type { Blobs } from "./blobs.ts";
import type { Removed } from "./packs.ts";

const digests = /[0-9a-f]{64}/gu;

/** Removes runs and what only they referred to. Every digest in a record that stays, and in the lists of its tree, is a
 *  reference: rather too much is kept than too little. */
export function pruneRuns(
  database: DatabaseSync,
  blobs: Blobs,
  asked: readonly string[],
  isDry: boolean,
): Removed & { readonly runs: readonly string[] } {
  const texts = (query: string): readonly string[] =>
    database
      .prepare(query)
      .all()
      .map(({ record }) => String(record));
  const proofs = texts("SELECT record FROM proofs");
  const runs = asked.filter((id) => !proofs.some((proof) => proof.includes(id)));
  const gone = new Set(runs);
  const left = texts("SELECT record FROM runs").filter((text) => !gone.has((JSON.parse(text) as Run).id));
  const kept = new Set<string>();
  for (const text of [...proofs, ...texts("SELECT record FROM notes"), ...left])
    for (const [digest] of text.matchAll(digests)) kept.add(digest);
  for (const tree of new Set(left.map((text) => (JSON.parse(text) as Run).circumstances?.tree)))
    if (typeof tree === "string" && blobs.has(tree))
      for (const [digest] of blobs.read(tree).toString("utf8").matchAll(digests)) kept.add(digest);
  // The records go first: one that stayed would name what is no longer there.
  if (!isDry) {
    const remove = database.prepare("DELETE FROM runs WHERE id = ?");
    database.exec("BEGIN IMMEDIATE");
    for (const id of runs) remove.run(id);
    database.exec("COMMIT");
  }
  const removed = blobs.prune((digest) => kept.has(digest), isDry);
  if (!isDry) database.exec("VACUUM; PRAGMA wal_checkpoint(TRUNCATE)");
  return { ...removed, runs };
}
