import { joinPath, listNames, readBytes } from "../../system/index.ts";
import type { ProbeSite } from "./site.ts";
import { differingSites, firstDifference, type StreamDifference } from "./value-stream.ts";

/** A place at which the values of two runs differ. */
export interface Candidate {
  readonly site: number;
  /** The first difference of its thread; another site's where this one only calls the same. */
  readonly difference: StreamDifference;
  /** The thread that recorded it. */
  readonly stream: string;
}

/** The folders with the values of the two runs, and the sites of which nothing is asked any more. */
export interface TwoRuns {
  readonly first: string;
  readonly second: string;
  readonly passed: ReadonlySet<number>;
}

/** The first difference of each thread, those of the youngest processes first, and of other threads before the main. */
export function firstDifferences({ first, second, passed }: TwoRuns): Candidate[] {
  const found: Candidate[] = [];
  for (const stream of commonStreams(first, second)) {
    const difference = firstDifference(
      readBytes(joinPath(first, stream)),
      readBytes(joinPath(second, stream)),
      passed,
    );
    const site = difference?.first?.site ?? difference?.second?.site;
    if (difference === null || site === undefined || passed.has(site)) continue;
    if (!found.some((other) => other.site === site)) found.push({ site, difference, stream });
  }
  return found;
}

/** Later places of the same thread that differ as well and call into the same: given back together, they cost one run. */
export function siblingsOf(
  one: Candidate,
  { first, second, passed }: TwoRuns,
  siteOf: (id: number) => ProbeSite | undefined,
): Candidate[] {
  const family = familyOf(siteOf(one.site));
  if (family === "") return [];
  const differing = differingSites(
    readBytes(joinPath(first, one.stream)),
    readBytes(joinPath(second, one.stream)),
  );
  return Array.from(differing)
    .filter((site) => site !== one.site && !passed.has(site) && familyOf(siteOf(site)) === family)
    .map((site) => ({ ...one, site }));
}

/** True where both runs were at the same expression, which gave something else in each. */
export function isSamePlace({ first, second }: StreamDifference): boolean {
  return first !== null && second !== null && first.site === second.site && first.part === second.part;
}

/** `np.random.normal` and `np.random.rand` are of one family. */
function familyOf(site: ProbeSite | undefined): string {
  return site?.text.split("(", 1)[0]?.replace(/\.\w+$/u, "") ?? "";
}

function commonStreams(first: string, second: string): string[] {
  const others = new Set(listNames(second));
  const names = listNames(first).filter(
    (name) => name.includes("~") && !name.endsWith(".tail") && others.has(name),
  );
  const rank = (name: string): number => -2 * name.split(".").length + (name.endsWith("~main") ? 1 : 0);
  return names.toSorted((one, other) => rank(one) - rank(other) || (one < other ? -1 : 1));
}
