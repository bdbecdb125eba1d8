import { joinPath, listNames, readBytes } from "../../system/index.ts";
import type { ProbeSite } from "./site.ts";
import {
  addUp,
  firstDifference,
  firstOutside,
  isCut,
  keptSites,
  sitesIn,
  type StreamDifference,
} from "./value-stream.ts";

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

/**
 * The first difference of each thread, those of the youngest processes first, and of other threads before the main.
 * Without those that come of another: a process forked after its parent's difference has it from there.
 */
export function firstDifferences(runs: TwoRuns, siteOf: SiteOf): Candidate[] {
  const found: Candidate[] = [];
  const [streams, others] = [streamsIn(runs.first), new Set(streamsIn(runs.second))];
  const handedOut = streams.length > 1 ? sameOverAll(runs) : runs.passed;
  for (const stream of youngestFirst(streams)) {
    const difference = differenceOf(runs, stream, others.has(stream), handedOut);
    const site = difference?.first?.site ?? difference?.second?.site;
    if (difference === null || site === undefined || runs.passed.has(site)) continue;
    if (!found.some((other) => other.site === site)) found.push({ site, difference, stream });
  }
  return found.filter((one) => !found.some((other) => isBefore(other, one, siteOf)));
}

/**
 * True where not all values of the passed sites could be given back, and the second run was the same as the first for as
 * long as they were.
 */
export function isSameWhileKept(runs: TwoRuns): boolean {
  const [streams, others] = [streamsIn(runs.first), new Set(streamsIn(runs.second))];
  let isAnyCut = false;
  for (const stream of streams) {
    if (!others.has(stream)) return false;
    const [first, second] = bytesOf(runs, stream);
    const difference = firstDifference(first, second, runs.passed);
    if (difference !== null && !difference.isBeyond) return false;
    isAnyCut ||= isCut(first, runs.passed);
  }
  return isAnyCut;
}

/** Which worker does which task, and that one does none, is another matter than what the tasks give. */
function differenceOf(
  runs: TwoRuns,
  stream: string,
  isInBoth: boolean,
  same: ReadonlySet<number>,
): StreamDifference | null {
  const isOne = !isWorker(stream);
  const difference = isInBoth ? firstDifference(...bytesOf(runs, stream), isOne ? runs.passed : same) : null;
  if (isOne || (difference !== null && isSamePlace(difference))) return difference;
  return firstOutside(readBytes(joinPath(runs.first, stream)), same);
}

const bytesOf = (runs: TwoRuns, stream: string): [Uint8Array, Uint8Array] => [
  readBytes(joinPath(runs.first, stream)),
  readBytes(joinPath(runs.second, stream)),
];

type SiteOf = (id: number) => ProbeSite | undefined;

/** The sites that gave the same values in both runs, over all threads and processes, with those that are passed. */
function sameOverAll({ first, second, passed }: TwoRuns): ReadonlySet<number> {
  const [one, other] = [first, second].map((folder) => {
    const sums = new Map<number, bigint>();
    for (const name of streamsIn(folder)) addUp(readBytes(joinPath(folder, name)), sums);
    return sums;
  });
  // A call that gave the same, but changed an argument otherwise, is not the same.
  const heads = Array.from(one ?? []);
  const differing = new Set(
    heads.filter(([head, sum]) => other?.get(head) !== sum).map(([head]) => head & 0xffffff),
  );
  const same = heads.map(([head]) => head & 0xffffff).filter((site) => !differing.has(site));
  return new Set([...passed, ...same]);
}

/** Calls that wait for what other threads and processes give. */
const waits =
  /(?:^|\.)(?:result|join|get|map|starmap|imap|imap_unordered|as_completed|wait|gather|recv|apply|communicate|run|list|sorted|next|Parallel.*)$/u;

/** True where the main thread's difference came before that of a worker, which may have it from there. */
function isBefore(main: Candidate, worker: Candidate, siteOf: SiteOf): boolean {
  if (main === worker) return false;
  const [parent, child] = [processOf(main), processOf(worker)];
  if (child.startsWith(`${parent}.f`))
    return main.difference.forks < Number.parseInt(child.slice(parent.length + 2), 10);
  const isThread = parent === child && main.stream.endsWith("~main");
  const callee = siteOf(main.site)?.text.split("(", 1)[0] ?? "";
  return isThread && !waits.test(callee);
}

/** The process of a candidate, by the way that leads to it from the first. */
export const processOf = ({ stream }: Candidate): string => stream.split("~", 1)[0] ?? "";

const isWorker = (stream: string): boolean => !stream.endsWith("~main") || /\.f\d/u.test(stream);

/**
 * The places of the same thread that call into the same as one that differs (`np.random`): where it draws from something
 * they share, they differ as well, also past the point from which the two runs go different ways.
 */
export function siblingsOf(one: Candidate, runs: TwoRuns, siteOf: SiteOf): Candidate[] {
  const family = familyOf(siteOf(one.site));
  const same = sameOverAll(runs);
  return Array.from(sitesIn(readBytes(joinPath(runs.first, one.stream))))
    .filter((site) => site !== one.site && !same.has(site) && familyOf(siteOf(site)) === family)
    .map((site) => ({ ...one, site }));
}

/** The sites that have something to give back, in whatever thread of the run with these values. */
export function sitesKeptIn(folder: string): ReadonlySet<number> {
  return new Set(
    streamsIn(folder).flatMap((name) => Array.from(keptSites(readBytes(joinPath(folder, name))))),
  );
}

/** True where both runs were at the same expression, which gave something else in each. */
export function isSamePlace({ first, second }: StreamDifference): boolean {
  return first !== null && second !== null && first.site === second.site && first.part === second.part;
}

/** `np.random.normal` and `np.random.rand` are of one family. */
function familyOf(site: ProbeSite | undefined): string {
  if (site === undefined) return "";
  const callee = site.text.split("(", 1)[0] ?? "";
  return `${site.kind} ${callee.replace(/\.\w+$/u, "")}`;
}

function youngestFirst(streams: readonly string[]): string[] {
  const rank = (name: string): number => -2 * name.split(".").length + (name.endsWith("~main") ? 1 : 0);
  return streams.toSorted((one, other) => rank(one) - rank(other) || (one < other ? -1 : 1));
}

function streamsIn(folder: string): string[] {
  return listNames(folder).filter((name) => name.includes("~"));
}
