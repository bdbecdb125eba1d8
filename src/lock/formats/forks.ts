import { compare, valid } from "@renovatebot/pep440";
import { satisfiesSpecifier } from "../../environments/index.ts";
import { markerHolds } from "../markers.ts";
import { markerVariables, platforms, type LockPlatform } from "../platforms.ts";

/** An edge that leads to a package of which a lock has several versions. */
export interface ForkEdge {
  readonly specifier: string;
  /** The marker of the whole way, null for always. */
  readonly marker: string | null;
}

/** One of the versions, and the Pythons that it is for (a specifier; "" for any). */
export interface ForkVersion {
  readonly version: string;
  readonly requiresPython: string;
}

const pythons = Array.from({ length: 11 }, (_, index) => `3.${index + 6}`);

/**
 * Where each of several versions of one package is meant: on a Python and platform, the newest one that every edge that
 * holds there admits. As markers (PEP 508), null for always; a version that is meant nowhere is left out.
 */
export function forkMarkers(
  versions: readonly ForkVersion[],
  edges: readonly ForkEdge[],
): ReadonlyMap<string, string | null> {
  const sorted = versions.toSorted((one, other) => newestFirst(one.version, other.version));
  const places = new Map<string, Map<LockPlatform, string[]>>();
  for (const { id } of platforms) {
    for (const python of pythons) {
      const variables = markerVariables(id, python);
      const holding = edges.filter(({ marker }) => markerHolds(marker, variables));
      const chosen = sorted.find(
        ({ version, requiresPython }) =>
          (requiresPython === "" || satisfiesSpecifier(`${python}.99`, requiresPython)) &&
          holding.every(({ specifier }) => specifier === "" || satisfiesSpecifier(version, specifier)),
      );
      if (chosen === undefined || holding.length === 0) continue;
      const known = places.get(chosen.version) ?? new Map<LockPlatform, string[]>();
      places.set(chosen.version, known.set(id, [...(known.get(id) ?? []), python]));
    }
  }
  return new Map([...places].map(([version, where]) => [version, markerOfPlaces(where)]));
}

const newestFirst = (one: string, other: string): number =>
  valid(one) === null || valid(other) === null ? 0 : compare(other, one);

function markerOfPlaces(where: ReadonlyMap<LockPlatform, readonly string[]>): string | null {
  const byPythons = Map.groupBy([...where], ([, series]) => series.join(" "));
  if (where.size === platforms.length && byPythons.size === 1) {
    return markerOfPythons([...where.values()][0] ?? []);
  }
  const clauses = [...byPythons.values()].flatMap((group) => {
    const condition = markerOfPythons(group[0]?.[1] ?? []);
    return group.map(([id]) => {
      const { sys_platform = "", platform_machine = "" } = markerVariables(id, "3.11");
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
