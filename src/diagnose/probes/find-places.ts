import { joinPath, listNames, readBytes } from "../../system/index.ts";
import { differingSites, firstDifference, type StreamDifference, type ValueRecord } from "./value-stream.ts";
import type { ProbeSite } from "./site.ts";

/** One run of the instrumented copy: the folder with its values (`hookFiles.values` in its shared folder), and what it
 *  gave, in whatever form the caller compares. */
export interface ProbedRun<Outputs> {
  readonly values: string;
  readonly outputs: Outputs;
}

export interface PlaceSearch<Outputs> {
  readonly sites: readonly ProbeSite[];
  /** Runs the instrumented copy as the first or the second of the two runs that differ; `replay` gives back values of
   *  the run whose folder it names, at these sites. */
  run(side: "first" | "second", replay: Replay | null): Promise<ProbedRun<Outputs>>;
  /** True where the second run's outputs are those of the first. */
  same(first: Outputs, second: Outputs): boolean;
  /** At most this many runs, the first two counted in; 12 where left out. */
  readonly runLimit?: number;
}

export interface Replay {
  readonly values: string;
  readonly sites: readonly number[];
}

/** A place where a difference enters. */
export interface Place {
  readonly site: ProbeSite;
  /** True where giving back the first run's values at the places found made the runs the same. */
  readonly confirmed: boolean;
  /** What was seen there, in one sentence. */
  readonly seen: string;
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

interface Candidate {
  readonly site: number;
  readonly difference: StreamDifference;
  /** The thread that recorded it. */
  readonly stream: string;
}

/**
 * Finds where the difference between two runs enters the code: the first values that differ are given back as the first
 * run had them, until nothing differs any more; then those that are not needed are let go. What is evaluated first is
 * recorded first, so the first value that differs comes from no other that does.
 */
export async function findPlaces<Outputs>(search: PlaceSearch<Outputs>): Promise<PlacesFound> {
  const limit = search.runLimit ?? 12;
  const first = await search.run("first", null);
  let second = await search.run("second", null);
  let runs = 2;
  if (search.same(first.outputs, second.outputs))
    return { result: "hidden", places: [], runs, experiment: "" };
  const again = async (sites: readonly number[]): Promise<ProbedRun<Outputs>> => {
    runs += 1;
    return search.run("second", { values: first.values, sites });
  };

  const groups: Candidate[][] = [];
  const passed = new Set<number>();
  while (runs < limit) {
    const found = firstDifferences(first.values, second.values, passed).filter(
      ({ site }) => !passed.has(site),
    );
    const fresh = found.filter(({ difference }) => isSamePlace(difference));
    if (fresh.length === 0) return { ...suspects(search, [...groups.flat(), ...found]), runs };
    const more = groups.length === 0 ? [] : siblings(search, first.values, second.values, fresh, passed);
    for (const one of fresh) groups.push([one, ...more.filter((other) => isSibling(search, one, other))]);
    for (const { site } of groups.flat()) passed.add(site);
    if (!fresh.some(({ difference }) => difference.first?.isKept === true)) continue;
    second = await again(Array.from(passed));
    if (search.same(first.outputs, second.outputs)) {
      const needed = await withoutTheUnneeded(groups, async (sites) => {
        if (runs >= limit) return false;
        const run = await again(sites);
        return search.same(first.outputs, run.outputs);
      });
      return { ...confirmed(search, needed, insideOf(needed, groups.flat())), runs };
    }
  }
  return { ...suspects(search, groups.flat()), runs };
}

/** The groups of sites without which the runs differ. What differed last is let go first: it may come of the others. */
async function withoutTheUnneeded(
  groups: readonly Candidate[][],
  isSameWith: (sites: readonly number[]) => Promise<boolean>,
): Promise<Candidate[]> {
  let needed = [...groups];
  for (const group of groups.toReversed()) {
    const rest = needed.filter((other) => other !== group);
    if (rest.length > 0 && (await isSameWith(rest.flat().map(({ site }) => site)))) needed = rest;
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

const processOf = ({ stream }: Candidate): string => stream.split("~", 1)[0] ?? "";

/** The first difference of each thread, those of the youngest processes first, and of other threads before the main. */
function firstDifferences(first: string, second: string, passed: ReadonlySet<number>): Candidate[] {
  const found: Candidate[] = [];
  for (const stream of commonStreams(first, second)) {
    const difference = firstDifference(
      readBytes(joinPath(first, stream)),
      readBytes(joinPath(second, stream)),
      passed,
    );
    const site = difference?.first?.site ?? difference?.second?.site;
    if (difference === null || site === undefined) continue;
    if (!found.some((other) => other.site === site)) found.push({ site, difference, stream });
  }
  return found;
}

/** Later places that differ as well and call the same: given back together, they cost one run. */
function siblings<Outputs>(
  search: PlaceSearch<Outputs>,
  first: string,
  second: string,
  fresh: readonly Candidate[],
  passed: ReadonlySet<number>,
): Candidate[] {
  return fresh.flatMap((one) => {
    const sites = differingSites(
      readBytes(joinPath(first, one.stream)),
      readBytes(joinPath(second, one.stream)),
    );
    return Array.from(sites, (site) => ({ ...one, site })).filter(
      (other) => other.site !== one.site && !passed.has(other.site) && isSibling(search, one, other),
    );
  });
}

function isSibling<Outputs>(search: PlaceSearch<Outputs>, one: Candidate, other: Candidate): boolean {
  const texts = [one, other].map(({ site }) =>
    siteOf(search, site)
      ?.text.split("(", 1)[0]
      ?.replace(/\.\w+$/u, ""),
  );
  return one.stream === other.stream && texts[0] !== undefined && texts[0] !== "" && texts[0] === texts[1];
}

function commonStreams(first: string, second: string): string[] {
  const others = new Set(listNames(second));
  const names = listNames(first).filter(
    (name) => name.includes("~") && !name.endsWith(".tail") && others.has(name),
  );
  const rank = (name: string): number => -2 * name.split(".").length + (name.endsWith("~main") ? 1 : 0);
  return names.toSorted((one, other) => rank(one) - rank(other) || (one < other ? -1 : 1));
}

function isSamePlace({ first, second }: StreamDifference): boolean {
  return first !== null && second !== null && first.site === second.site && first.part === second.part;
}

function confirmed<Outputs>(
  search: PlaceSearch<Outputs>,
  given: readonly Candidate[],
  candidates: readonly Candidate[],
): Omit<PlacesFound, "runs"> {
  const places = placesOf(search, candidates, true);
  const where = placesOf(search, given, true)
    .map(({ site }) => nameSite(site))
    .join(", ");
  return {
    result: "confirmed",
    places,
    experiment: `with what ${where} gave in one run given back in the other, both gave the same`,
  };
}

function suspects<Outputs>(
  search: PlaceSearch<Outputs>,
  candidates: readonly Candidate[],
): Omit<PlacesFound, "runs"> {
  const places = placesOf(search, candidates.slice(0, 1), false);
  return { result: places.length === 0 ? "none" : "suspected", places, experiment: "" };
}

/** One place for each line. */
function placesOf<Outputs>(
  search: PlaceSearch<Outputs>,
  candidates: readonly Candidate[],
  isConfirmed: boolean,
): Place[] {
  const places = new Map<string, Place>();
  for (const { site: id, difference } of candidates) {
    const isOwn = difference.first?.site === id || difference.second?.site === id;
    const way = isSamePlace(difference) ? null : difference.before;
    const site = siteOf(search, way?.site ?? id);
    if (site === undefined) continue;
    const key = `${site.file}:${site.cell ?? ""}:${site.line}`;
    if (!places.has(key))
      places.set(key, { site, confirmed: isConfirmed, seen: seenAt(site, isOwn ? difference : null) });
  }
  return Array.from(places.values());
}

function siteOf<Outputs>({ sites }: PlaceSearch<Outputs>, id: number): ProbeSite | undefined {
  return sites[id - (sites[0]?.id ?? 1)];
}

function seenAt(site: ProbeSite, difference: StreamDifference | null): string {
  const place = `\`${site.text}\` at ${nameSite(site)}`;
  if (difference === null) return `${place} gave something else in each run`;
  if (!isSamePlace(difference)) return `after ${place} the two runs took different ways`;
  const { first, second } = difference;
  const values = [valueText(first), valueText(second)];
  if (values.some((value) => value === null)) return `${place} ${whatDiffers(first)} in the two runs`;
  return `${place} gave ${values[0]} in one run and ${values[1]} in the other`;
}

function whatDiffers(record: ValueRecord | null): string {
  if (record !== null && record.part >= 1 && record.part <= 13)
    return "left its object or arguments different";
  return "gave different values";
}

function valueText(record: ValueRecord | null): string | null {
  return record?.text ?? null;
}

/** A site as people look for it. */
export function nameSite({ file, cell, line }: ProbeSite): string {
  return cell === null ? `${file}:${line}` : `${file}, code cell ${cell}, line ${line}`;
}
