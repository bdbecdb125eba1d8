import {
  firstDifferences,
  isSamePlace,
  isSameWhileKept,
  processOf,
  siblingsOf,
  sitesKeptIn,
  type Candidate,
  type TwoRuns,
} from "./candidates.ts";
import { flowsInto } from "./name-flow.ts";
import type { ProbeSite } from "./site.ts";
import { nameSite, tellPlaces, type Place } from "./tell-places.ts";

/** One run of the instrumented copy: the folder with its values (`hookFiles.values` in its shared folder), and what it
 *  gave, in whatever form the caller compares. */
export interface ProbedRun<Outputs> {
  readonly values: string;
  readonly outputs: Outputs;
}

export interface Replay {
  /** The folder with the values of the run that they are taken from. */
  readonly values: string;
  readonly sites: readonly number[];
}

export interface PlaceSearch<Outputs> {
  readonly sites: readonly ProbeSite[];
  /** Runs the instrumented copy as the first or the second of the two runs that differ; `replay` gives values back. Null
   *  where no run is left. */
  run(side: "first" | "second", replay: Replay | null): Promise<ProbedRun<Outputs> | null>;
  /** True where the second run's outputs are those of the first. */
  same(first: Outputs, second: Outputs): boolean | Promise<boolean>;
  /** At most this many runs, the first two counted in; 12 where left out. */
  readonly runLimit?: number;
}

export interface PlacesFound {
  /** "hidden": the instrumented runs do not differ. "confirmed": with the places' values given back they are the same.
   *  "suspected": the runs differ there first, and that could not be proved by giving values back. "none": no value that
   *  is recorded differs. */
  readonly result: "confirmed" | "suspected" | "hidden" | "none";
  readonly places: readonly Place[];
  readonly runs: number;
  /** The experiment in one sentence; empty where nothing was confirmed. */
  readonly experiment: string;
}

/**
 * Finds where the difference between two runs enters the code: the first values that differ are given back as the first
 * run had them, until nothing differs any more; then those that are not needed are let go. What is evaluated first is
 * recorded first, so the first value that differs comes from no other that does.
 */
export async function findPlaces<Outputs>(search: PlaceSearch<Outputs>): Promise<PlacesFound> {
  const limit = search.runLimit ?? 12;
  const siteOf = (id: number): ProbeSite | undefined => search.sites[id - 1];
  let runs = 0;
  const run: PlaceSearch<Outputs>["run"] = async (side, replay) => {
    if (runs >= limit) return null;
    runs += 1;
    return search.run(side, replay);
  };
  const nothing = { places: [], experiment: "" };

  const first = await run("first", null);
  let second = first === null ? null : await run("second", null);
  if (first === null || second === null) return { result: "none", ...nothing, runs };
  if (await search.same(first.outputs, second.outputs)) return { result: "hidden", ...nothing, runs };

  const tried = new Map<string, boolean>();
  let isPartly = false;
  /** Whether the runs are the same with these given back, or for as long as they could be. Null where no run was left. */
  const sameWith = async (groups: readonly Candidate[][]): Promise<boolean | null> => {
    const sites = groups.flat().map(({ site }) => site);
    const key = sites.toSorted((one, other) => one - other).join(" ");
    const known = tried.get(key);
    if (known !== undefined) return known;
    second = await run("second", { values: first.values, sites });
    if (second === null) return null;
    const isSame = await search.same(first.outputs, second.outputs);
    const given = { first: first.values, second: second.values, passed: new Set(sites) };
    const isKeptPart = !isSame && isSameWhileKept(given);
    isPartly ||= isKeptPart;
    tried.set(key, isSame || isKeptPart);
    return isSame || isKeptPart;
  };
  const groups: Candidate[][] = [];
  const passed = new Set<number>();
  while (true) {
    const other = second;
    if (other === null) return { ...suspected(groups.flat(), siteOf), runs };
    const between = { first: first.values, second: other.values, passed };
    const found = firstDifferences(between, siteOf);
    const fresh = found.filter(({ difference }) => isSamePlace(difference));
    // One place is tried alone; where that was not all, its like are tried with it and with the next.
    const like = likeThose(groups, between, siteOf);
    const taken = new Set(like.flat().map(({ site }) => site));
    groups.push(...like, ...fresh.filter(({ site }) => !taken.has(site)).map((one) => [one]));
    if (fresh.length + like.length === 0) return { ...suspected([...groups.flat(), ...found], siteOf), runs };
    for (const { site } of groups.flat()) passed.add(site);
    // What cannot be given back is passed by: what comes of it mostly can.
    if (like.length === 0 && !fresh.some(({ difference }) => difference.first?.isKept === true)) continue;
    if ((await sameWith(groups)) !== true) continue;
    // Nothing was given back where nothing could be kept: the runs are the same without these.
    const kept = sitesKeptIn(first.values);
    const given = groups.filter((group) => group.some(({ site }) => kept.has(site)));
    const needed = await withoutTheUnneeded(given, sameWith);
    return { ...confirmed(needed, groups.flat(), search.sites, isPartly), runs };
  }
}

/** Each group's like that are in no group yet. */
function likeThose(groups: readonly Candidate[][], between: TwoRuns, siteOf: SiteOf): Candidate[][] {
  const taken = new Set(groups.flat().map(({ site }) => site));
  const more: Candidate[][] = [];
  for (const [one] of groups) {
    // What a call did to an open file or its like says nothing of other calls.
    if (one === undefined || isOpaqueChange(one)) continue;
    const like = siblingsOf(one, between, siteOf).filter(({ site }) => !taken.has(site));
    for (const { site } of like) taken.add(site);
    if (like.length > 0) more.push(like);
  }
  return more;
}

function isOpaqueChange({ difference: { first } }: Candidate): boolean {
  return first !== null && !first.isKept && first.part > 0;
}

/** The groups of sites without which the runs differ. What differed last is let go first: it may come of the others. */
async function withoutTheUnneeded(
  groups: readonly Candidate[][],
  sameWith: (groups: readonly Candidate[][]) => Promise<boolean | null>,
): Promise<Candidate[]> {
  let needed = [...groups];
  for (const group of groups.toReversed()) {
    const rest = needed.filter((other) => other !== group);
    if (rest.length > 0 && (await sameWith(rest)) === true) needed = rest;
  }
  return needed.flat();
}

/**
 * Where a call that waits for other processes is the place, the first values that differ in these: which of them does
 * which task is not the same in each run, so what they gave cannot be given back to them.
 */
function insideOf(needed: readonly Candidate[], all: readonly Candidate[]): Candidate[] {
  return needed.flatMap((one) => {
    const own = `${processOf(one)}.`;
    const inside = all.filter((other) => !needed.includes(other) && processOf(other).startsWith(own));
    return inside.length === 0 ? [one] : inside;
  });
}

/**
 * What came right before a value and could not be given back itself differed first, so that the value comes of it: the
 * first of such a row.
 */
function startOf(one: Candidate, all: readonly Candidate[]): Candidate {
  const seen = new Set([one.site]);
  for (let start = one; ;) {
    const before = start.difference.before?.site;
    const earlier = all.find(
      ({ site, stream, difference }) =>
        site === before &&
        stream === one.stream &&
        difference.first?.site === site &&
        !difference.first.isKept,
    );
    if (earlier === undefined || seen.has(earlier.site)) return start;
    seen.add(earlier.site);
    start = earlier;
  }
}

const wherePartly =
  " for as long as all that they gave was kept (they gave more than is, so that the results hang on the rest as well)";

type Found = Omit<PlacesFound, "runs">;
type SiteOf = (id: number) => ProbeSite | undefined;

/**
 * Where a value differed before that could not be given back (an open file, or an object that a call changed), and the
 * place reads it by its name, the difference comes in there.
 */
function originsOf(
  needed: readonly Candidate[],
  all: readonly Candidate[],
  sites: readonly ProbeSite[],
): Candidate[] {
  return needed.map((one) => {
    const to = sites[one.site - 1];
    const origin = all.slice(0, all.indexOf(one)).find((other) => {
      const from = sites[other.site - 1];
      if (from === undefined || to === undefined || needed.includes(other)) return false;
      const isOpaque = other.difference.first?.isKept === false || from.changes.length > 0;
      return isOpaque && flowsInto(from, to, sites);
    });
    return origin ?? one;
  });
}

function confirmed(
  needed: readonly Candidate[],
  all: readonly Candidate[],
  sites: readonly ProbeSite[],
  isPartly: boolean,
): Found {
  const siteOf = (id: number): ProbeSite | undefined => sites[id - 1];
  const given = tellPlaces(needed, siteOf, true).map(({ site }) => nameSite(site));
  return {
    result: "confirmed",
    places: tellPlaces(
      insideOf(originsOf(needed, all, sites), all).map((one) => startOf(one, all)),
      siteOf,
      true,
    ),
    experiment: `with what ${given.join(", ")} gave in one run given back in the other, both gave the same${isPartly ? wherePartly : ""}`,
  };
}

function suspected(candidates: readonly Candidate[], siteOf: SiteOf): Found {
  const places = tellPlaces(candidates.slice(0, 1), siteOf, false);
  return { result: places.length === 0 ? "none" : "suspected", places, experiment: "" };
}
