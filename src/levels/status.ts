import type { Ladder, Rung } from "../model/index.ts";
import { trackedFiles } from "../project/git.ts";
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

/** The ladder as last checked or proved, at once; what has changed since is named. Null where there is none yet. */
export async function statusOf(directory: string): Promise<Ladder | null> {
  const root = projectRoot(directory);
  const store = findStore(root);
  if (store === null) return null;
  try {
    const remembered = store.note("ladder") as Remembered | null;
    if (remembered === null) return null;
    const listed = trackedFiles(root);
    const changed = changesSince(remembered, root, store);
    const added = trackedSince(remembered.tracked, await listed);
    const rungs = remembered.ladder.rungs.map((rung) =>
      asOfNow(rung, rung.level === 0 ? changed : [...changed, ...added]),
    );
    const { committed } = remembered.ladder;
    const level = reachedLevel(rungs);
    const dependsOn = level === remembered.ladder.level ? remembered.ladder.dependsOn : [];
    const isSame = changed.length === 0;
    return {
      ...remembered.ladder,
      level,
      rungs,
      committed: isSame ? committed : { ...committed, verdict: "unknown" },
      dependsOn,
    };
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

/** Paths that Git tracks now and did not then, or the other way round: others get another archive. */
function trackedSince(before: readonly string[] | null, after: readonly string[] | null): readonly string[] {
  const [then, now] = [new Set(before ?? []), new Set(after ?? [])];
  return [...[...then].filter((path) => !now.has(path)), ...[...now].filter((path) => !then.has(path))];
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
