import type { Bound } from "../removals/bound.ts";
import type { PythonChoice } from "../pythons/python-choices.ts";
import { findRelease, releasesOf, wheelFor } from "./releases.ts";
import type { Wanted } from "./wanted.ts";

/** A Python, and how it serves the exact pins. */
export interface Candidate {
  readonly python: PythonChoice;
  /** Exact pins without a wheel for it. */
  readonly unserved: readonly Wanted[];
  /** The pin that was uploaded last, and when (ISO 8601). */
  readonly latest: { readonly wanted: Wanted; readonly uploaded: string } | null;
}

/** Asks the index. Throws ToolError NETWORK_UNAVAILABLE or DOWNLOAD_FAILED. */
export async function candidateOf(python: PythonChoice, wanted: readonly Wanted[]): Promise<Candidate> {
  const unserved: Wanted[] = [];
  let latest: Candidate["latest"] = null;
  const seen = await Promise.all(
    wanted.map(async (one) => {
      // A requirement with a marker may be for another machine: whether it is, the resolver knows.
      if (one.pin === null || one.requirement.marker !== null) return null;
      const release = findRelease((await releasesOf(one.requirement.name)) ?? [], one.pin);
      return { one, uploaded: release === null ? null : wheelFor(release, python.interpreter) };
    }),
  );
  for (const found of seen) {
    if (found === null) continue;
    const { one, uploaded } = found;
    if (uploaded === null) unserved.push(one);
    else if (latest === null || uploaded > latest.uploaded) latest = { wanted: one, uploaded };
  }
  return { python, unserved, latest };
}

/** The specifiers of all bounds on one distribution, as one set. */
export const specifierOf = (bounds: readonly Bound[], name: string): string =>
  bounds.flatMap(({ distribution, specifier }) => (distribution === name ? [specifier] : [])).join(",");
