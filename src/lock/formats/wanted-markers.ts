import { satisfiesSpecifier } from "../../environments/index.ts";
import { normaliseName } from "../../manifests/index.ts";
import type { Requirement } from "../../model/index.ts";

import { forkMarkers, type ForkEdge } from "./forks.ts";

/** What one package (or the project) asks for. */
export interface Edge {
  /** Normalised. */
  readonly name: string;
  /** The versions that it admits (PEP 440); "" for any. Chooses where a lock has several versions of a package. */
  readonly specifier: string;
  readonly extras: readonly string[];
  readonly marker: string | null;
}

export interface GraphPackage {
  readonly name: string;
  readonly version: string;
  /** The Pythons that it is for (PEP 440); "" for any. Tells versions of one package apart. */
  readonly requiresPython: string;
  /** What it asks for itself (""), or for one of its extras. */
  readonly edges: (extra: string) => readonly Edge[];
}

/** One way to a package: the markers that hold along it, all of them. */
type Way = ReadonlySet<string>;

/** More ways than this are no marker that anyone reads: the package is then wanted always. */
const mostWays = 16;

/**
 * Under which marker (PEP 508) each package of a lock is wanted: the markers of the edges that lead to it, those of one
 * way joined by "and", ways by "or"; null for always. A package to which no way leads is not in the result.
 */
export function wantedMarkers<T extends GraphPackage>(
  packages: readonly T[],
  roots: readonly Edge[],
): ReadonlyMap<T, string | null> {
  const byName = Map.groupBy(packages, ({ name }) => name);
  const ways = new Map<T, Map<string, Way[]>>();
  const forks = new Map<string, ForkEdge[]>();
  const queue: (readonly [edge: Edge, way: Way])[] = roots.map((edge) => [edge, new Set()]);
  for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
    const [edge, before] = next;
    const way = edge.marker === null ? before : new Set([...before, edge.marker.trim()]);
    const candidates = byName.get(edge.name) ?? [];
    if (candidates.length > 1) {
      const fork = { specifier: edge.specifier, marker: markerOfWays([way]) };
      forks.set(edge.name, [...(forks.get(edge.name) ?? []), fork]);
    }
    for (const target of admitted(candidates, edge.specifier)) {
      for (const extra of ["", ...edge.extras]) {
        const known = ways.get(target) ?? new Map<string, Way[]>();
        ways.set(target, known);
        if (!addWay(known, extra, way)) continue;
        const settled = known.get(extra)?.[0]?.size === 0 ? new Set<string>() : way;
        for (const more of target.edges(extra)) queue.push([more, settled]);
      }
    }
  }
  const chosen = new Map(
    [...forks].map(([name, edges]) => [name, settledForks(byName.get(name) ?? [], edges)] as const),
  );
  return new Map(
    [...ways].flatMap(([target, byExtra]) => {
      const fork = chosen.get(target.name);
      if (fork === undefined || fork === null)
        return [[target, markerOfWays(absorbed([...byExtra.values()].flat()))] as const];
      const marker = fork.get(target.version);
      return marker === undefined ? [] : [[target, marker] as const];
    }),
  );
}

/** Null where the edges alone tell the versions apart. */
function settledForks<T extends GraphPackage>(
  versions: readonly T[],
  edges: readonly ForkEdge[],
): ReadonlyMap<string, string | null> | null {
  if (edges.every(({ specifier }) => admitted(versions, specifier).length === 1)) return null;
  const markers = forkMarkers(versions, edges);
  return markers.size === 0 ? null : markers;
}

/** The versions that an edge may mean; all of them where the lock has none that it admits. */
function admitted<T extends GraphPackage>(candidates: readonly T[], specifier: string): readonly T[] {
  if (candidates.length < 2 || specifier === "") return candidates;
  const fitting = candidates.filter(({ version }) => satisfiesSpecifier(version, specifier));
  return fitting.length === 0 ? candidates : fitting;
}

/** False where a way that is known already holds whenever this one does. */
function addWay(known: Map<string, Way[]>, extra: string, way: Way): boolean {
  const ways = known.get(extra) ?? [];
  if (ways.some((one) => isWithin(one, way))) return false;
  const kept = [...ways.filter((one) => !isWithin(way, one)), way];
  known.set(extra, kept.length > mostWays ? [new Set()] : kept);
  return true;
}

const isWithin = (some: Way, all: Way): boolean => [...some].every((marker) => all.has(marker));

function absorbed(ways: readonly Way[]): readonly Way[] {
  const distinct = [...new Map(ways.map((way) => [[...way].sort().join("\n"), way])).values()];
  return distinct.filter((way) => !distinct.some((other) => other !== way && isWithin(other, way)));
}

function markerOfWays(ways: readonly Way[]): string | null {
  if (ways.some((way) => way.size === 0)) return null;
  const texts = ways.map((way) => {
    const [only = "", ...more] = [...way].sort();
    return more.length === 0 ? only : [only, ...more].map(inBrackets).join(" and ");
  });
  const [first = "", ...rest] = texts.sort();
  return rest.length === 0 ? first : texts.map((text) => `(${text})`).join(" or ");
}

const inBrackets = (marker: string): string => (/\bor\b/u.test(marker) ? `(${marker})` : marker);

/** What the project declares, as the edges from which a lock is walked. */
export function declaredEdges(declared: readonly Requirement[]): readonly Edge[] {
  return declared.map(({ name, specifier, extras, marker }) => ({
    name: normaliseName(name),
    specifier,
    extras: extras.map(normaliseName),
    marker,
  }));
}
