import { cacheDirectory, folderSize, joinPath, listNames } from "../../system/index.ts";
import { cacheKinds } from "./kinds.ts";

/** What one kind of thing takes of the cache. */
export interface CacheUse {
  readonly kind: string;
  readonly bytes: number;
  /** Whether pruning may remove some of it. */
  readonly prunable: boolean;
}

/** Rung's cache by kind, what is not there left out. A file that is linked from several kinds counts in one. */
export function cacheUse(): readonly CacheUse[] {
  const counted = new Set<number>();
  const base = cacheDirectory();
  const known = cacheKinds.map(({ name, places, prune }) => ({
    kind: name,
    bytes: places.reduce((sum, place) => sum + folderSize(joinPath(base, ...place), counted), 0),
    prunable: prune !== "never",
  }));
  const named = new Set(cacheKinds.flatMap(({ places }) => places.map(([first]) => first)));
  const other = listNames(base).filter((name) => !named.has(name));
  const bytes = other.reduce((sum, name) => sum + folderSize(joinPath(base, name), counted), 0);
  return [...known, { kind: "other", bytes, prunable: false }].filter((use) => use.bytes > 0);
}
