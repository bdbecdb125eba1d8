import type { Comparison } from "../model/index.ts";

/** What differs, and where first: `notebook a.ipynb cell 3 at line 1: "1" became "2"`. */
export function differenceText({ output, differences }: Comparison): string {
  const [first] = differences;
  if (first === undefined) return output;
  return `${output} at ${first.where}: ${cut(first.before)} became ${cut(first.after)}`;
}

const cut = (value: unknown): string => shorten(JSON.stringify(value), 60);

/** At most this many characters of a text. */
export function shorten(text: string, length: number): string {
  return text.length <= length ? text : `${text.slice(0, length - 1)}…`;
}
