import { satisfies } from "@renovatebot/pep440";
import { normaliseName } from "../requirement/names.ts";
import type { Edge } from "./conditions.ts";
import { groupConditions, type Condition } from "./group-conditions.ts";

/** What a package, or the project, depends on. */
export interface Dependency {
  readonly name: string;
  readonly extras: readonly string[];
  readonly marker: string | null;
  /** Which of several packages of that name it means, by their indexes. */
  readonly fits: (index: number) => boolean;
  /** Where several fit: the marker under which it means this one of them (null: any). */
  readonly among?: (index: number, fitting: readonly number[]) => string | null;
}

/** Versions of one name that a dependency may stand for. */
const maxForks = 20;

/**
 * Under which condition, and for which group, each package of a lock (by its index) is installed, followed along the
 * dependencies from each group's own. `dependenciesOf` is asked with an extra, or null for those that are always needed.
 */
export function conditionsFromGraph(
  names: readonly string[],
  roots: ReadonlyMap<string, readonly Dependency[]>,
  dependenciesOf: (index: number, extra: string | null) => readonly Dependency[],
): ReadonlyMap<number, readonly Condition[]> {
  const byName = new Map<string, number[]>();
  for (const [index, name] of names.entries()) {
    const normalised = normaliseName(name);
    const known = byName.get(normalised);
    if (known === undefined) byName.set(normalised, [index]);
    else known.push(index);
  }
  const edge = (dependency: Dependency): readonly Edge[] => {
    const { extras, marker, among } = dependency;
    const named = byName.get(normaliseName(dependency.name)) ?? [];
    const exact = named.length > 1 ? named.filter(dependency.fits) : named;
    const fitting = (exact.length > 0 ? exact : named).slice(0, maxForks);
    return fitting.flatMap((index) => {
      const own = fitting.length > 1 ? (among?.(index, fitting) ?? null) : null;
      const both = marker === null || own === null ? (marker ?? own) : `(${marker}) and ${own}`;
      return [
        { to: String(index), marker: both },
        ...extras.map((extra) => ({ to: `${index}[${extra}]`, marker: both })),
      ];
    });
  };
  const edgesOf = (node: string): readonly Edge[] => {
    const [index = "", extra = null] = node.split(/[[\]]/u);
    return dependenciesOf(Number(index), extra).flatMap(edge);
  };
  const rooted = new Map(Array.from(roots, ([group, needs]) => [group, needs.flatMap(edge)]));
  return groupConditions(rooted, edgesOf);
}

/** Whether a version is in a specifier set (PEP 440), pre-releases included; what cannot be read is not. */
export function fitsSpecifier(version: string, specifier: string): boolean {
  try {
    return specifier === "" || satisfies(version, specifier, { prereleases: true });
  } catch {
    return false;
  }
}
