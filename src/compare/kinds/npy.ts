import type { Difference } from "../../model/index.ts";
import {
  defineComparator,
  different,
  maximumDifferences,
  normalised,
  withinTolerance,
  type Result,
} from "../comparator.ts";
import { isNpy, numbersOf, readNpy, type NpyArray, type NpyNumbers } from "../formats/npy.ts";
import { askedFor, closeBy, type Tolerance } from "../tolerance.ts";

/** NumPy arrays (.npy, NEP 1): type, shape and order, then the values. A header padded otherwise is layout. */
export const npy = defineComparator({
  id: "npy",
  matches: (_path, head) => isNpy(head),
  compare: (before, after, { tolerances }) => {
    const [one, other] = [readNpy(before), readNpy(after)];
    return one === null || other === null ? null : compareArrays(one, other, askedFor(tolerances));
  },
});

function compareArrays(one: NpyArray, other: NpyArray, tolerances: readonly Tolerance[]): Result | null {
  const header = [
    { where: "type", before: one.descr, after: other.descr },
    { where: "shape", before: shapeText(one), after: shapeText(other) },
    { where: "order in memory", before: orderText(one), after: orderText(other) },
  ].filter(({ before, after }) => before !== after);
  if (header.length > 0) return different(header);
  if (Buffer.compare(one.data, other.data) === 0) return normalised(["npy-header"]);
  const [left, right] = [numbersOf(one), numbersOf(other)];
  return left === null || right === null ? null : compareNumbers(one, left, right, tolerances);
}

function compareNumbers(
  array: NpyArray,
  left: NpyNumbers,
  right: NpyNumbers,
  tolerances: readonly Tolerance[],
): Result {
  const differences: Difference[] = [];
  const needed = new Set<string>();
  const complex = /^.c/u.test(array.descr);
  let [differing, unequal, largest] = [0, 0, 0];
  for (let index = 0; index < left.count; index += 1) {
    const [one, other] = [left.at(index), right.at(index)];
    if (Object.is(one, other)) continue;
    unequal += 1;
    largest = Math.max(largest, Math.abs(one - other) || 0);
    const id = closeBy(one, other, tolerances);
    if (id !== null) {
      needed.add(id);
      continue;
    }
    differing += 1;
    if (differences.length === maximumDifferences) continue;
    const element = complex ? Math.floor(index / 2) : index;
    const part = complex ? (index % 2 === 0 ? ", real part" : ", imaginary part") : "";
    differences.push({
      where: `[${placeOf(element, array).join(", ")}]${part}`,
      before: String(one),
      after: String(other),
    });
  }
  const measure = `${unequal} of ${left.count} numbers differ, by ${largest} at most`;
  if (differing > 0) return different(differences, measure);
  // Bits that no number shows (the payload of a NaN, integers beyond 2^53) are left to the comparison of bytes.
  if (unequal === 0) return different([{ where: "data", before: "other bits", after: "for equal numbers" }]);
  return withinTolerance([...needed], measure);
}

function shapeText({ shape }: NpyArray): string {
  return `(${shape.join(", ")})`;
}

function orderText({ fortranOrder, shape }: NpyArray): string {
  return fortranOrder && shape.length > 1 ? "Fortran" : "C";
}

function placeOf(element: number, { shape, fortranOrder }: NpyArray): number[] {
  const place: number[] = [];
  let rest = element;
  for (const extent of fortranOrder ? shape : shape.toReversed()) {
    place.push(rest % extent);
    rest = Math.floor(rest / extent);
  }
  return fortranOrder ? place : place.toReversed();
}
