import type { CompareRule } from "../model/index.ts";
import { identical, type Comparator, type CompareOptions, type Outcome } from "./comparator.ts";
import { comparators } from "./comparators.ts";
import { bytes as byteComparator, compareBytes } from "./kinds/bytes.ts";
import { tolerancesOf, type Tolerance } from "./tolerance.ts";

/** Above this only bytes are compared, and the measure says so. */
const largestParsed = 64 * 1024 * 1024;
// A member is unpacked once more at most, so that a container of itself ends.
const deepest = 2;
const headLength = 64;

export interface Settings {
  readonly tolerances: readonly Tolerance[];
  readonly workPaths: readonly string[];
  readonly acrossVersions?: boolean;
}

/**
 * One pair of contents by the first comparator that matches the path or the content's start, and reads both. Never
 * throws for what the contents hold. Equal contents are identical whatever they are.
 */
export function compareContent(
  path: string,
  before: Uint8Array,
  after: Uint8Array,
  rule: CompareRule | null,
): Promise<Outcome> {
  return compareFile(path, before, after, { tolerances: tolerancesOf(rule), workPaths: [] });
}

export function compareFile(
  path: string,
  before: Uint8Array,
  after: Uint8Array,
  settings: Settings,
  depth = 0,
): Promise<Outcome> {
  const candidates = comparators.filter(
    ({ matches }) =>
      matches(path, before.subarray(0, headLength)) && matches(path, after.subarray(0, headLength)),
  );
  return compareBy(depth > deepest ? [byteComparator] : candidates, path, before, after, settings, depth);
}

/** As compareFile, by comparators already chosen; bytes are the last resort. */
export async function compareBy(
  candidates: readonly Comparator[],
  path: string,
  before: Uint8Array,
  after: Uint8Array,
  settings: Settings,
  depth = 0,
): Promise<Outcome> {
  if (Buffer.compare(before, after) === 0) {
    return { ...identical, comparator: candidates[0]?.id ?? byteComparator.id };
  }
  if (isTooLarge(before, after)) {
    const result = compareBytes(before, after);
    const measure = `larger than 64 MB, so compared by bytes alone: ${result.measure ?? ""}`;
    return { ...result, comparator: byteComparator.id, measure };
  }
  const options = optionsFor(path, settings, depth);
  for (const candidate of candidates) {
    const result = await candidate.compare(before, after, options);
    if (result !== null) return { ...result, comparator: candidate.id };
  }
  return { ...compareBytes(before, after), comparator: byteComparator.id };
}

export function isTooLarge(before: Uint8Array, after: Uint8Array): boolean {
  return Math.max(before.length, after.length) > largestParsed;
}

export function optionsFor(path: string, settings: Settings, depth: number): CompareOptions {
  const inner: CompareOptions["inner"] = (member, one, other) =>
    compareFile(member, one, other, settings, depth + 1);
  return { ...settings, path, inner };
}
