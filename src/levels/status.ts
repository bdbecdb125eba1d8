import type { Ladder, Proof, Rung } from "../model/index.ts";
import { trackedFiles } from "../project/git.ts";
import { listProject, projectRoot } from "../project/listing.ts";
import { findStore, type Store } from "../store/index.ts";
import { now } from "../system/index.ts";
import {
  changedSince,
  inputsDigest,
  inputsOf,
  inputsText,
  readInputs,
  stalenessOf,
  type Inputs,
} from "./inputs.ts";
import { outputsOf } from "./proof-outputs.ts";
import { reachedLevel } from "./reached-level.ts";
import type { Subject } from "./subject.ts";

interface Remembered {
  readonly ladder: Ladder;
  /** The paths that Git tracked, sorted; null without Git. */
  readonly tracked: readonly string[] | null;
  readonly treeDigest: string;
  readonly treeBlob: string;
}

/** Keeps the ladder, with the tree that it speaks of, for the next status. */
export function rememberLadder(store: Store, ladder: Ladder, subject: Subject): void {
  const remembered: Remembered = {
    ladder,
    tracked: subject.project.git?.tracked.toSorted() ?? null,
    treeDigest: inputsDigest(subject.tree),
    treeBlob: store.blobs.put(inputsText(subject.tree)),
  };
  store.saveNote("ladder", remembered);
}

/** The tree as it is now, beside what was remembered and proved. */
interface Present {
  readonly store: Store;
  readonly tree: Inputs;
  readonly tracked: readonly string[] | null;
  readonly remembered: Remembered;
  readonly proofs: ReadonlyMap<number, Proof>;
}

/** The ladder as last checked or proved, at once; what has changed since is named. Null where there is none yet. */
export async function statusOf(directory: string): Promise<Ladder | null> {
  const root = projectRoot(directory);
  const store = findStore(root);
  if (store === null) return null;
  try {
    const remembered = store.note("ladder") as Remembered | null;
    if (remembered === null) return null;
    const tracked = trackedFiles(root);
    const { entries } = listProject(root);
    const tree = inputsOf(entries, store.digests(root, entries));
    const present = { store, tree, tracked: await tracked, remembered, proofs: store.latestProofs() };
    const { ladder } = remembered;
    const rungs = ladder.rungs.map((rung) => asOfNow(rung, present));
    const level = reachedLevel(rungs);
    const committed = present.proofs.get(0)?.committed ?? ladder.committed;
    return {
      ...ladder,
      level,
      rungs,
      committed: rungs[0]?.stale === null ? committed : { ...committed, verdict: "unknown" },
      dependsOn: level === ladder.level ? ladder.dependsOn : [],
    };
  } finally {
    store.close();
  }
}

/** A rung from its proof, where that still holds; from what was remembered, where the tree is still the same. */
function asOfNow(rung: Rung, present: Present): Rung {
  const proof = present.proofs.get(rung.level);
  if (proof === undefined) {
    if (inputsDigest(present.tree) === present.remembered.treeDigest) return rung;
    return rung.verdict === "unknown" ? rung : { ...rung, verdict: "unknown", evidence: [], findings: [] };
  }
  const stale = stalenessNow(proof, present);
  if (stale !== null) return { ...rung, verdict: "unknown", stale };
  if (rung.stale === null && rung.provedAt === proof.provedAt) return rung;
  const { verdict, evidence, findings, provedAt } = proof;
  return { ...rung, verdict, evidence, findings, provedAt, stale: null };
}

function stalenessNow(proof: Proof, { store, tree, tracked, remembered, proofs }: Present): Rung["stale"] {
  const earlier = readInputs(store.blobs.read(proof.inputsBlob).toString("utf8"));
  const base = proofs.get(0);
  if (base !== undefined && base.referenceDigest !== proof.referenceDigest) {
    return { reason: "level 0 gives other outputs since", changed: [] };
  }
  if (proof.level === 0) return stalenessOf(proof, tree, now(), () => earlier, outputsOf(store, proof));
  // Of what others get, the files that were proved; what Git tracks since, or no longer, changes it too.
  const archive = new Map([...earlier.keys()].flatMap((path) => [[path, tree.get(path) ?? "gone"]]));
  const moved = trackedSince(remembered.tracked, tracked);
  if (moved.length > 0) return changedSince(moved);
  return stalenessOf(proof, archive, now(), () => earlier);
}

/** Paths that Git tracks now and did not then, or the other way round: others get another archive. */
function trackedSince(before: readonly string[] | null, after: readonly string[] | null): readonly string[] {
  const [then, today] = [new Set(before ?? []), new Set(after ?? [])];
  return [...[...then].filter((path) => !today.has(path)), ...[...today].filter((path) => !then.has(path))];
}
