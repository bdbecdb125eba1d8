import { ToolError } from "../../model/index.ts";
import {
  cacheDirectory,
  folderSize,
  isDirectory,
  joinPath,
  lastUse,
  listNames,
  moveEntry,
  removeTree,
  withExclusive,
} from "../../system/index.ts";
import type { Progress } from "../progress.ts";
import { findUv } from "../uv/find-uv.ts";
import { packageCache, runUv } from "../uv/run-uv.ts";
import { cacheKinds } from "./kinds.ts";

export interface CachePruning {
  /** What was used in so many days stays. At least one, for what a program runs in is used by its path. */
  readonly olderThanDays: number;
  /** All downloads of packages go, too; else uv removes those that it cannot use any more. */
  readonly downloads: boolean;
  /** Nothing is removed. */
  readonly isDry: boolean;
  readonly progress: Progress;
}

export interface PrunedKind {
  readonly kind: string;
  /** How many folders or files went, or would go; null where uv alone knows. */
  readonly entries: number | null;
  readonly bytes: number;
}

const dayMs = 24 * 60 * 60 * 1000;

/**
 * Removes from Rung's cache what was not used for some days. Others may be at work in it: what they use meanwhile stays, and
 * what they look for and do not find they make again.
 */
export async function pruneCache(pruning: CachePruning): Promise<readonly PrunedKind[]> {
  if (!(pruning.olderThanDays >= 1))
    throw new ToolError("USAGE", "What was used within a day may be in use", {
      hint: "Give --older-than a whole number of days, 1 or more.",
    });
  const before = Date.now() - pruning.olderThanDays * dayMs;
  const pruned: PrunedKind[] = [];
  // What an environment links to goes once the environment went.
  const counted = new Set<number>();
  // What is linked from uv's cache is not freed by taking away the link.
  folderSize(packageCache("uv"), counted);
  for (const kind of cacheKinds.toSorted((a, b) => Number(a.prune === "uv") - Number(b.prune === "uv"))) {
    const places = kind.places.map((place) => cacheDirectory(...place)).filter(isDirectory);
    const gone: number[] = [];
    if (kind.prune !== "never" && places.length > 0) pruning.progress(`looking at ${kind.name}`);
    for (const place of places) {
      if (kind.prune === "made") gone.push(...(await pruneMade(place, before, counted, pruning.isDry)));
      if (kind.prune === "files") gone.push(...pruneFiles(place, before, pruning.isDry));
      if (kind.prune === "uv") pruned.push({ kind: kind.name, ...(await pruneUv(place, pruning)) });
    }
    if (gone.length > 0)
      pruned.push({
        kind: kind.name,
        entries: gone.length,
        bytes: gone.reduce((sum, bytes) => sum + bytes, 0),
      });
  }
  return pruned.filter(({ entries, bytes }) => bytes > 0 || (entries ?? 0) > 0);
}

/** Folders of madeOnce: a record names each, and is touched at each use. */
async function pruneMade(
  home: string,
  before: number,
  counted: Set<number>,
  isDry: boolean,
): Promise<readonly number[]> {
  const names = listNames(home);
  const keys = new Set(names.flatMap((name) => /^([0-9a-f]{24})\./u.exec(name)?.[1] ?? []));
  const gone: number[] = [];
  for (const key of keys) {
    const record = joinPath(home, `${key}.json`);
    const folders = names.filter((name) => name.startsWith(`${key}.d`)).map((name) => joinPath(home, name));
    const used = lastUse(record) ?? Math.max(0, ...folders.map((folder) => lastUse(folder) ?? 0));
    if (folders.length === 0 || used >= before) continue;
    const bytes = folders.reduce((sum, folder) => sum + folderSize(folder, counted), 0);
    if (isDry || (await removeMade(home, key, before))) gone.push(bytes);
  }
  return gone;
}

/** False where it was used meanwhile. The record goes first: without it nobody takes the folder for finished. */
function removeMade(home: string, key: string, before: number): Promise<boolean> {
  return withExclusive(joinPath(home, `${key}.lock`), async () => {
    const record = joinPath(home, `${key}.json`);
    const aside = joinPath(home, `${key}.gone`);
    if (lastUse(record) !== null) {
      moveEntry(record, aside);
      // Who uses it touches it before reading it: it did so by now, or does not find it.
      if ((lastUse(aside) ?? 0) >= before) {
        moveEntry(aside, record);
        return false;
      }
    }
    for (const name of listNames(home)) if (name.startsWith(`${key}.d`)) removeTree(joinPath(home, name));
    removeTree(aside);
    return true;
  });
}

function pruneFiles(folder: string, before: number, isDry: boolean): readonly number[] {
  return listNames(folder).flatMap((name) => {
    const place = joinPath(folder, name);
    if (isDirectory(place)) return pruneFiles(place, before, isDry);
    const used = lastUse(place);
    if (used === null || used >= before) return [];
    const bytes = folderSize(place);
    if (!isDry) removeTree(place);
    return [bytes];
  });
}

/** uv looks out for other uvs by itself. */
async function pruneUv(
  place: string,
  { downloads, isDry, progress }: CachePruning,
): Promise<Omit<PrunedKind, "kind">> {
  const size = folderSize(place);
  if (isDry) return { entries: null, bytes: downloads ? size : 0 };
  await runUv(await findUv(progress), ["cache", downloads ? "clean" : "prune"], { progress });
  return { entries: null, bytes: size - folderSize(place) };
}
