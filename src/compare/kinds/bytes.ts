import type { Difference } from "../../model/index.ts";
import { defineComparator, different, identical, maximumDifferences, type Result } from "../comparator.ts";

const shown = 16;

/** The last resort: any two contents, byte by byte. */
export const bytes = defineComparator({ id: "bytes", matches: () => true, compare: compareBytes });

export function compareBytes(before: Uint8Array, after: Uint8Array): Result {
  const common = Math.min(before.length, after.length);
  const differences: Difference[] = [];
  let differing = Math.abs(before.length - after.length);
  let index = 0;
  let nextPlace = 0;
  for (; index < common; index += 1) {
    if (before[index] === after[index]) continue;
    differing += 1;
    if (index >= nextPlace && differences.length < maximumDifferences) {
      differences.push(placeAt(index, before, after));
      nextPlace = index + shown;
    }
  }
  if (differing === 0) return identical;
  if (before.length !== after.length && differences.length < maximumDifferences) {
    differences.push(placeAt(common, before, after));
  }
  const sizes = before.length === after.length ? `${before.length}` : `${before.length} and ${after.length}`;
  return different(differences, `${differing} bytes differ, of ${sizes}`);
}

function placeAt(index: number, before: Uint8Array, after: Uint8Array): Difference {
  return { where: `byte ${index}`, before: hex(before, index), after: hex(after, index) };
}

function hex(content: Uint8Array, start: number): string {
  if (start >= content.length) return "(end)";
  const part = content.subarray(start, start + shown);
  return Buffer.from(part)
    .toString("hex")
    .replaceAll(/(..)(?=.)/gu, "$1 ");
}
