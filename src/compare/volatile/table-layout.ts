import type { Tolerance } from "../tolerance.ts";
import { closeLiterals } from "../tolerance.ts";

/**
 * Whether two plain forms of a table hold the same words and numbers, however they are padded and wrapped. A wrapped
 * table repeats its labels, so how often a word stands there says nothing. Only for tables whose HTML has shown the
 * values, each in its place.
 */
export function holdsSameWords(before: string, after: string, tolerances: readonly Tolerance[]): boolean {
  const [left, right] = [wordsOf(before), wordsOf(after)];
  const lost = [...left].filter((word) => !right.has(word));
  const added = [...right].filter((word) => !left.has(word));
  const isClose = (word: string, among: readonly string[]): boolean =>
    among.some((other) => closeLiterals(word, other, tolerances) !== null);
  if (lost.length + added.length > mostCompared) return false;
  return lost.every((word) => isClose(word, [...right])) && added.every((word) => isClose(word, [...left]));
}

// Each is compared with every word of the other side.
const mostCompared = 1000;

function wordsOf(text: string): Set<string> {
  return new Set(text.split(/\s+/u).filter((word) => word !== "" && word !== "\\"));
}
