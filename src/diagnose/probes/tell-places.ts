import { isSamePlace, type Candidate } from "./candidates.ts";
import type { ProbeSite } from "./site.ts";
import type { StreamDifference, ValueRecord } from "./value-stream.ts";

/** A place where a difference enters. */
export interface Place {
  readonly site: ProbeSite;
  /** True where giving back the first run's values at the places found made the runs the same. */
  readonly confirmed: boolean;
  /** What was seen there, in one sentence. */
  readonly seen: string;
}

/** Candidates as places, one for each line, in the order of files and lines. */
export function tellPlaces(
  candidates: readonly Candidate[],
  siteOf: (id: number) => ProbeSite | undefined,
  confirmed: boolean,
): Place[] {
  const places = new Map<string, Place>();
  for (const { site: id, difference } of candidates) {
    const isOwn = difference.first?.site === id || difference.second?.site === id;
    // Where the runs took different ways, what decided it was evaluated before.
    const site = siteOf(isSamePlace(difference) ? id : (difference.before?.site ?? id));
    if (site === undefined) continue;
    const key = nameSite(site);
    if (!places.has(key)) places.set(key, { site, confirmed, seen: seenAt(site, isOwn ? difference : null) });
  }
  return Array.from(places.values()).sort((one, other) => comparePlaces(one.site, other.site));
}

function comparePlaces(one: ProbeSite, other: ProbeSite): number {
  if (one.file !== other.file) return one.file < other.file ? -1 : 1;
  return (one.cell ?? 0) - (other.cell ?? 0) || one.line - other.line;
}

/** A site as people look for it. */
export function nameSite({ file, cell, line }: ProbeSite): string {
  return cell === null ? `${file}:${line}` : `${file}, code cell ${cell}, line ${line}`;
}

function seenAt(site: ProbeSite, difference: StreamDifference | null): string {
  const place = `\`${site.text}\` at ${nameSite(site)}`;
  if (difference === null) return `${place} gave something else in each run`;
  if (!isSamePlace(difference)) return `after ${place} the two runs took different ways`;
  const { first, second } = difference;
  if (first === null || second === null || first.text === null || second.text === null)
    return `${place} ${whatDiffers(first)} in the two runs`;
  return `${place} gave ${first.text} in one run and ${second.text} in the other`;
}

function whatDiffers(record: ValueRecord | null): string {
  const isChanged = record !== null && record.part >= 1 && record.part <= 13;
  return isChanged ? "left its object or its arguments different" : "gave different values";
}
