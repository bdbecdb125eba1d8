import type { Difference } from "../model/index.ts";
import { maximumDifferences } from "./comparator.ts";
import { differenceAt } from "./excerpt.ts";
import { closeLiterals, type Tolerance } from "./tolerance.ts";

export interface LinesCompared {
  /** Tolerances that were needed for lines that are close. */
  readonly tolerances: ReadonlySet<string>;
  readonly differences: readonly Difference[];
  /** Lines that differ by more than a tolerance, and lines in the longer text. */
  readonly differing: number;
  readonly lines: number;
}

/**
 * Two texts line by line. Where lines were put in or left out, the equal lines at the start and the end are set aside
 * and the rest is paired in order: it tells where, cheaply, and not the shortest edit.
 */
export function compareLines(
  before: string,
  after: string,
  tolerances: readonly Tolerance[],
  whereOf: (line: number) => string = (line) => `line ${line}`,
): LinesCompared {
  const [left, right] = [before.split("\n"), after.split("\n")];
  const lines = Math.max(left.length, right.length);
  const tail = left.length === right.length ? 0 : equalTail(left, right);
  const needed = new Set<string>();
  const differences: Difference[] = [];
  let differing = 0;
  for (let index = 0; index < lines - tail; index += 1) {
    const one = index < left.length - tail ? left[index] : undefined;
    const other = index < right.length - tail ? right[index] : undefined;
    if (one === other) continue;
    const close = one === undefined || other === undefined ? null : closeLine(one, other, tolerances);
    if (close !== null) {
      for (const id of close) needed.add(id);
      continue;
    }
    differing += 1;
    if (differences.length < maximumDifferences) {
      differences.push(differenceAt(whereOf(index + 1), one ?? "(no such line)", other ?? "(no such line)"));
    }
  }
  return { tolerances: needed, differences, differing, lines };
}

function equalTail(left: readonly string[], right: readonly string[]): number {
  const most = Math.min(left.length, right.length);
  let head = 0;
  while (head < most && left[head] === right[head]) head += 1;
  let tail = 0;
  while (tail < most - head && left[left.length - 1 - tail] === right[right.length - 1 - tail]) tail += 1;
  return tail;
}

// A number that stands alone: not part of a word, a version or a hash.
const printedNumber = /(?<![\w.])[-+]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][-+]?\d+)?(?!\w|\.\d)/gu;

/** Ids of the tolerances by which two lines say the same; null where their words differ or a number is too far off. */
function closeLine(
  before: string,
  after: string,
  tolerances: readonly Tolerance[],
): ReadonlySet<string> | null {
  if (tolerances.length === 0) return null;
  const [left, right] = [splitNumbers(before), splitNumbers(after)];
  if (left.length !== right.length) return null;
  const needed = new Set<string>();
  for (const [index, one] of left.entries()) {
    const other = right[index] ?? "";
    if (one === other) continue;
    // Even places hold the words between numbers. Next to a number, how much it is padded follows from how it is printed.
    if (index % 2 === 0) {
      if (padded(one) !== padded(other)) return null;
      continue;
    }
    const id = closeLiterals(one, other, tolerances);
    if (id === null) return null;
    needed.add(id);
  }
  return needed.size === 0 ? null : needed;
}

function splitNumbers(line: string): string[] {
  const parts: string[] = [];
  let end = 0;
  for (const match of line.matchAll(printedNumber)) {
    parts.push(line.slice(end, match.index), match[0]);
    end = match.index + match[0].length;
  }
  return [...parts, line.slice(end)];
}

function padded(words: string): string {
  let start = 0;
  let end = words.length;
  while (start < end && words[start] === " ") start += 1;
  while (end > start && words[end - 1] === " ") end -= 1;
  return `${start > 0 ? " " : ""}${words.slice(start, end)}${end < words.length ? " " : ""}`;
}
