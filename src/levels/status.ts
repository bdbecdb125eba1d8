import type { Ladder, Rung } from "../model/index.ts";
import { listProject, projectRoot } from "../project/listing.ts";
import { findStore, type Store } from "../store/index.ts";
import { now } from "../system/index.ts";
import {
  agedOut,
  changedInputs,
  changedSince,
  inputsDigest,
  inputsOf,
  inputsText,
  readInputs,
} from "./inputs.ts";
import { reachedLevel } from "./reached-level.ts";
import type { Subject } from "./subject.ts";

interface Remembered {
  readonly ladder: Ladder;
  readonly treeDigest: string;
  readonly treeBlob: string;
}

/** Keeps the ladder, with the tree that it speaks of, for the next status. */
export function rememberLadder(store: Store, ladder: Ladder, subject: Subject): void {
  const treeBlob = store.blobs.put(inputsText(subject.tree));
  store.saveNote("ladder", { ladder, treeDigest: inputsDigest(subject.tree), treeBlob } satisfies Remembered);
}

/** The ladder as last checked or proved, at once; what has changed since is named. Null where there is none yet. */
export function statusOf(directory: string): Ladder | null {
  const root = projectRoot(directory);
  const store = findStore(root);
  if (store === null) return null;
  try {
    const remembered = store.note("ladder") as Remembered | null;
    if (remembered === null) return null;
    const changed = changesSince(remembered, root, store);
    const rungs = remembered.ladder.rungs.map((rung) => asOfNow(rung, changed));
    const committed =
      changed.length === 0
        ? remembered.ladder.committed
        : { ...remembered.ladder.committed, verdict: "unknown" as const };
    const level = reachedLevel(rungs);
    const dependsOn = level === remembered.ladder.level ? remembered.ladder.dependsOn : [];
    return { ...remembered.ladder, level, rungs, committed, dependsOn };
  } finally {
    store.close();
  }
}

function changesSince(remembered: Remembered, root: string, store: Store): readonly string[] {
  const { entries } = listProject(root);
  const tree = inputsOf(entries, store.digests(root, entries));
  if (inputsDigest(tree) === remembered.treeDigest) return [];
  return changedInputs(readInputs(store.blobs.read(remembered.treeBlob).toString("utf8")), tree);
}

function asOfNow(rung: Rung, changed: readonly string[]): Rung {
  if (rung.stale !== null) return rung;
  const stale =
    changed.length > 0
      ? changedSince(changed)
      : rung.provedAt === null
        ? null
        : agedOut(rung.level, rung.provedAt, now());
  return stale === null ? rung : { ...rung, verdict: "unknown", stale };
}
