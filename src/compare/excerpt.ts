import type { Difference } from "../model/index.ts";

const longest = 200;
// A text that is cut keeps this many characters at its start: enough for the place that differs, after some lead.
const kept = 160;
const lead = 60;

/** Two texts as a Difference, each of at most 200 characters and cut so that the first place that differs is seen. */
export function differenceAt(where: string, before: string, after: string): Difference {
  const start = Math.max(before.length, after.length) > longest ? windowStart(before, after) : 0;
  return { where, before: cut(before, start), after: cut(after, start) };
}

function windowStart(before: string, after: string): number {
  let same = 0;
  while (same < before.length && same < after.length && before[same] === after[same]) same += 1;
  return same > kept - lead ? same - lead : 0;
}

function cut(text: string, start: number): string {
  const head = start > 0 ? "…" : "";
  const rest = text.slice(start);
  if (head.length + rest.length <= longest) return head + rest;
  const tail = rest.slice(rest.length - (longest - kept - 1));
  return `${head}${rest.slice(0, kept - head.length)}…${tail}`;
}
