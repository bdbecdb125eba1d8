import { compare } from "@renovatebot/pep440";
import type { Bound } from "../removals/bound.ts";
import { admits, releasesOf, type Release } from "./releases.ts";

/** The day before which a removed API was still in the newest release. */
export interface Era {
  /** ISO 8601; the moment before the first release without it. */
  readonly before: string;
  readonly bound: Bound;
  readonly version: string;
}

/**
 * The earliest moment at which the bounds ask for something older than what was the newest: what was written against an
 * API that is gone worked together with the other packages of that time, not with later ones. Null where every bound
 * admits the newest release before `end` (ISO 8601; null: now).
 */
export async function eraOf(bounds: readonly Bound[], end: string | null): Promise<Era | null> {
  let earliest: Era | null = null;
  for (const bound of bounds) {
    if (bound.distribution === "python" || bound.guess === true) continue;
    const found = firstExcluded((await releasesOf(bound.distribution)) ?? [], bound.specifier);
    if (found === null || (end !== null && found.uploaded > end)) continue;
    if (earliest !== null && earliest.before <= found.uploaded) continue;
    earliest = { before: found.uploaded, bound, version: found.version };
  }
  return earliest;
}

function firstExcluded(
  releases: readonly Release[],
  specifier: string,
): { readonly version: string; readonly uploaded: string } | null {
  const stable = releases.filter(({ prerelease }) => !prerelease);
  const newest = stable.findLast(({ version }) => admits(specifier, version));
  if (newest === undefined) return null;
  const excluded = stable
    .filter(({ version }) => compare(version, newest.version) > 0)
    .flatMap(({ version, files }) => {
      const times = files.flatMap(({ uploaded }) => (uploaded === null ? [] : [uploaded]));
      const [first] = times.sort();
      return first === undefined ? [] : [{ version, uploaded: first }];
    })
    .sort((a, b) => (a.uploaded < b.uploaded ? -1 : 1));
  return excluded[0] ?? null;
}
