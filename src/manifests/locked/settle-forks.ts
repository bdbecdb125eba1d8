import type { Edge } from "./conditions.ts";
import { forkMarkers, type ForkEdge, type ForkVersion } from "./forks.ts";

/** A package of the lock, as far as the ways to it go. */
export interface GraphPackage {
  readonly name: string;
  /** For locks whose dependencies do not say which of several versions they mean: what tells these apart. */
  readonly fork?: Pick<ForkVersion, "version" | "requiresPython"> & {
    /** What the entry stands for, where a lock has one for each set of extras: another set is no other version. */
    readonly part: string;
  };
}

/** A dependency with the packages that it leads to. */
export interface Need {
  readonly marker: string | null;
  readonly fitting: readonly number[];
  readonly edges: readonly Edge[];
}

/** Where each version of a package is meant that the ways to it do not tell apart; undefined: nowhere. By index. */
export function settleForks(
  packages: readonly GraphPackage[],
  sameNamed: readonly (readonly number[])[],
  roots: readonly Need[],
  reached: ReadonlyMap<string, string | null>,
  needsOf: (node: string) => readonly Need[],
): ReadonlyMap<number, string | null | undefined> {
  const settled = new Map<number, string | null | undefined>();
  const forks = sameNamed
    .filter((named) => named.length > 1)
    .flatMap((named) => [...Map.groupBy(named, (index) => packages[index]?.fork?.part)])
    .flatMap(([part, indexes]) => (part === undefined || indexes.length < 2 ? [] : [{ indexes, edges: [] }]));
  if (forks.length === 0) return settled;
  const forkOf = new Map<number, { readonly edges: ForkEdge[] }>();
  for (const fork of forks) for (const index of fork.indexes) forkOf.set(index, fork);
  const follow = (from: string | null, needs: readonly Need[]): void => {
    for (const { marker, fitting } of needs) {
      for (const [fork, admits] of Map.groupBy(fitting, (index) => forkOf.get(index))) {
        fork?.edges.push({ admits, markers: [from, marker] });
      }
    }
  };
  follow(null, roots);
  for (const [node, marker] of reached) follow(marker, needsOf(node));
  for (const { indexes, edges } of forks) {
    const versions = indexes.flatMap((index) => {
      const fork = packages[index]?.fork;
      return fork === undefined ? [] : [{ index, ...fork }];
    });
    const markers = forkMarkers(versions, edges);
    if (markers !== null) for (const index of indexes) settled.set(index, markers.get(index));
  }
  return settled;
}
