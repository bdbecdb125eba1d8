import { differencesOf, type AspectDifference, type MemberState } from "./member-state.ts";

export interface FileDifference {
  readonly path: string;
  readonly change: "added" | "removed" | "changed";
  /** In what it changed; empty where it was added or removed. */
  readonly aspects: readonly AspectDifference[];
}

/** How two sets of files differ: all are counted, the first are told. */
export interface FileDifferences {
  readonly added: number;
  readonly removed: number;
  readonly changed: number;
  /** In the order of their paths. */
  readonly files: readonly FileDifference[];
}

/** Compares the members of one side, all known, with those of the other, which are told one by one. */
export function compareMembers(
  a: ReadonlyMap<string, MemberState>,
  options: { readonly atMost: number; readonly withTimes: boolean },
): { take(path: string, state: MemberState): void; end(): FileDifferences } {
  const left = new Map(a);
  const counts = { added: 0, removed: 0, changed: 0 };
  const files: FileDifference[] = [];
  const tell = (difference: FileDifference): void => {
    counts[difference.change] += 1;
    if (files.length < options.atMost) files.push(difference);
  };
  return {
    take(path, state) {
      const before = left.get(path);
      left.delete(path);
      if (before === undefined) return tell({ path, change: "added", aspects: [] });
      const aspects = differencesOf(before, state, options.withTimes);
      if (aspects.length > 0) tell({ path, change: "changed", aspects });
    },
    end() {
      for (const path of left.keys()) tell({ path, change: "removed", aspects: [] });
      return { ...counts, files: files.sort((one, other) => (one.path < other.path ? -1 : 1)) };
    },
  };
}
