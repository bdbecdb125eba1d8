import type { Finding, Interpreter } from "../../model/index.ts";
import type { PythonChoice } from "../pythons/python-choices.ts";
import type { Bound } from "../removals/bound.ts";
import { specifierOf } from "./candidates.ts";
import { admits, findRelease, nearestRelease, releasesOf, type Release } from "./releases.ts";
import { relaxedFinding } from "./said.ts";
import type { Wanted } from "./wanted.ts";

/** A requirement, and the finding where it was changed. */
export interface Relaxed {
  readonly wanted: Wanted;
  readonly finding: Finding | null;
}

/** An exact pin that has no wheel for a Python, moved to the nearest release that has one. */
export async function relaxToWheel(
  one: Wanted,
  { interpreter }: PythonChoice,
  bounds: readonly Bound[],
): Promise<Relaxed> {
  const { requirement, pin } = one;
  const releases = pin === null ? null : await releasesOf(requirement.name);
  // Not on the index at all: the attempt says so.
  if (releases === null || pin === null) return { wanted: one, finding: null };
  const nearest = nearestRelease(releases, pin, interpreter, specifierOf(bounds, requirement.name));
  if (nearest === null) return { wanted: one, finding: null };
  const why =
    findRelease(releases, pin) === null
      ? "the index has no such version"
      : `it has no wheel for Python ${interpreter.version}`;
  return { wanted: withPin(one, nearest), finding: relaxedFinding(one, nearest.version, why) };
}

/** An exact pin that a bound rules out, moved to the nearest release within the bound. */
export async function relaxToBound(
  one: Wanted,
  bounds: readonly Bound[],
  interpreter: Interpreter,
): Promise<Relaxed> {
  const { requirement, pin } = one;
  const specifier = specifierOf(bounds, requirement.name);
  if (pin === null || specifier === "" || admits(specifier, pin)) return { wanted: one, finding: null };
  const releases = (await releasesOf(requirement.name)) ?? [];
  const nearest = nearestRelease(releases, pin, interpreter, specifier);
  const reason = bounds.find(({ distribution }) => distribution === requirement.name)?.reason ?? "";
  const wanted =
    nearest === null
      ? { ...one, pin: null, requirement: { ...requirement, specifier } }
      : withPin(one, nearest);
  return { wanted, finding: relaxedFinding(one, nearest?.version ?? null, reason) };
}

const withPin = (one: Wanted, { version }: Release): Wanted => ({
  ...one,
  pin: version,
  requirement: { ...one.requirement, specifier: `==${version}` },
});
