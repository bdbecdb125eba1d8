import { compare, valid } from "@renovatebot/pep440";
import { markerHolds } from "../requirement/marker-holds.ts";
import { satisfiesSpecifier } from "../requirement/satisfies.ts";
import { targetPlatforms, variablesOn, type LockPlatform } from "../requirement/target-platforms.ts";

/** One of the versions that a lock has of a package. */
export interface ForkVersion {
  /** Of the package in the lock. */
  readonly index: number;
  readonly version: string;
  /** The Pythons that it is for (PEP 440); "" for any. */
  readonly requiresPython: string;
}

/** A dependency that leads to one of the versions. */
export interface ForkEdge {
  /** The indexes of those that it admits. */
  readonly admits: readonly number[];
  /** It is there where all of these hold; null always does. */
  readonly markers: readonly (string | null)[];
}

const ids = Object.keys(targetPlatforms) as readonly LockPlatform[];
const pythons = Array.from({ length: 11 }, (_, index) => `3.${index + 6}`);
const places = ids.flatMap((id) =>
  pythons.map((python) => ({ id, python, variables: variablesOn(id, python) })),
);

/** More ways to a package than these are no fork that a resolver made. */
const maxEdges = 500;

/**
 * Where each of several versions of one package is meant: on a Python and platform, the newest one that every edge that
 * holds there admits. By index, as markers (PEP 508), null for always; a version that is meant nowhere is left out.
 * Null where the edges alone tell the versions apart.
 */
export function forkMarkers(
  versions: readonly ForkVersion[],
  edges: readonly ForkEdge[],
): ReadonlyMap<number, string | null> | null {
  if (edges.length > maxEdges || edges.every(({ admits }) => admits.length === 1)) return null;
  const sorted = versions.toSorted((one, other) => newestFirst(one.version, other.version));
  const meant = new Map<number, Map<LockPlatform, string[]>>();
  for (const { id, python, variables } of places) {
    const holding = edges.filter(({ markers }) => markers.every((marker) => markerHolds(marker, variables)));
    const chosen = sorted.find(
      ({ index, requiresPython }) =>
        satisfiesSpecifier(`${python}.99`, requiresPython) &&
        holding.every(({ admits }) => admits.includes(index)),
    );
    if (chosen === undefined || holding.length === 0) continue;
    const known = meant.get(chosen.index) ?? new Map<LockPlatform, string[]>();
    meant.set(chosen.index, known.set(id, [...(known.get(id) ?? []), python]));
  }
  return meant.size === 0
    ? null
    : new Map([...meant].map(([index, where]) => [index, markerOfPlaces(where)]));
}

const newestFirst = (one: string, other: string): number =>
  valid(one) === null || valid(other) === null ? 0 : compare(other, one);

function markerOfPlaces(where: ReadonlyMap<LockPlatform, readonly string[]>): string | null {
  const byPythons = Map.groupBy([...where], ([, series]) => series.join(" "));
  if (where.size === ids.length && byPythons.size === 1) {
    return markerOfPythons([...where.values()][0] ?? []);
  }
  const clauses = [...byPythons.values()].flatMap((group) => {
    const condition = markerOfPythons(group[0]?.[1] ?? []);
    return group.map(([id]) => {
      const { sys_platform, platform_machine } = targetPlatforms[id];
      const place = `sys_platform == '${sys_platform}' and platform_machine == '${platform_machine}'`;
      return condition === null ? place : `${place} and (${condition})`;
    });
  });
  return clauses.map((clause) => `(${clause})`).join(" or ");
}

/** Series of Python as the bounds of their runs; null for all that there are. */
function markerOfPythons(series: readonly string[]): string | null {
  const runs: [first: number, last: number][] = [];
  for (const at of series.map((one) => pythons.indexOf(one))) {
    const open = runs.at(-1);
    if (open !== undefined && open[1] === at - 1) open[1] = at;
    else runs.push([at, at]);
  }
  const texts = runs.map(([first, last]) => {
    const from = first === 0 ? [] : [`python_version >= '${pythons[first] ?? ""}'`];
    const to = last === pythons.length - 1 ? [] : [`python_version < '${pythons[last + 1] ?? ""}'`];
    return [...from, ...to].join(" and ");
  });
  return texts.includes("")
    ? null
    : texts.length === 1
      ? (texts[0] ?? null)
      : texts.map((text) => `(${text})`).join(" or ");
}
