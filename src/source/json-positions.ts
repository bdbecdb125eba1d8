/** Where a notebook's cells stand in its text. Offsets are in UTF-16 units; the text must be valid JSON. */
export interface CellPosition {
  readonly start: number;
  readonly end: number;
  /** Where the value of "source" begins, and each of its strings where it is a list; -1 and none where there is none. */
  readonly sourceStart: number;
  readonly sourceItems: readonly number[];
}

/** The cells of the top-level "cells" list. */
export function locateCells(text: string): readonly CellPosition[] {
  const cells: CellPosition[] = [];
  forEachMember(text, skipSpace(text, 0), (key, at) => {
    if (key !== "cells" || text.charAt(at) !== "[") return;
    forEachItem(text, at, (start, end) => cells.push({ start, end, ...locateSource(text, start) }));
  });
  return cells;
}

function locateSource(text: string, cell: number): { sourceStart: number; sourceItems: number[] } {
  let sourceStart = -1;
  const sourceItems: number[] = [];
  forEachMember(text, cell, (key, at) => {
    if (key !== "source") return;
    sourceStart = at;
    if (text.charAt(at) === "[") forEachItem(text, at, (start) => sourceItems.push(start));
  });
  return { sourceStart, sourceItems };
}

function forEachMember(text: string, object: number, visit: (key: string, valueStart: number) => void): void {
  if (text.charAt(object) !== "{") return;
  let at = skipSpace(text, object + 1);
  while (text.charAt(at) === '"') {
    const keyEnd = endOfString(text, at);
    const value = skipSpace(text, skipSpace(text, keyEnd) + 1);
    visit(text.slice(at + 1, keyEnd - 1), value);
    at = skipSpace(text, endOfValue(text, value));
    if (text.charAt(at) !== ",") return;
    at = skipSpace(text, at + 1);
  }
}

function forEachItem(text: string, list: number, visit: (start: number, end: number) => void): void {
  let at = skipSpace(text, list + 1);
  while (at < text.length && text.charAt(at) !== "]") {
    const end = endOfValue(text, at);
    visit(at, end);
    at = skipSpace(text, end);
    if (text.charAt(at) !== ",") return;
    at = skipSpace(text, at + 1);
  }
}

function skipSpace(text: string, from: number): number {
  let at = from;
  while (at < text.length && text.charCodeAt(at) <= 32) at += 1;
  return at;
}

function endOfString(text: string, quote: number): number {
  for (let at = text.indexOf('"', quote + 1); at !== -1; at = text.indexOf('"', at + 1)) {
    let slashes = 0;
    while (text.charAt(at - 1 - slashes) === "\\") slashes += 1;
    if (slashes % 2 === 0) return at + 1;
  }
  return text.length;
}

const structural = /["{}[\]]/gu;

/** The offset after the value that starts at `start`. */
export function endOfValue(text: string, start: number): number {
  const first = text.charAt(start);
  if (first === '"') return endOfString(text, start);
  if (first !== "{" && first !== "[") {
    let at = start;
    while (at < text.length && !/[\s,\]}]/u.test(text.charAt(at))) at += 1;
    return at;
  }
  let depth = 0;
  structural.lastIndex = start;
  for (let match = structural.exec(text); match !== null; match = structural.exec(text)) {
    const char = match[0];
    if (char === '"') structural.lastIndex = endOfString(text, match.index);
    else depth += char === "{" || char === "[" ? 1 : -1;
    if (depth === 0) return match.index + 1;
  }
  return text.length;
}

/** Lines, counted from 1, of rising offsets in a text. */
export function linesOf(text: string, offsets: readonly number[]): number[] {
  let line = 1;
  let at = 0;
  return offsets.map((offset) => {
    for (let next = text.indexOf("\n", at); next !== -1 && next < offset; next = text.indexOf("\n", at)) {
      line += 1;
      at = next + 1;
    }
    return line;
  });
}
