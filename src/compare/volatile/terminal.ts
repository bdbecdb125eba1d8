import { isBar, progressLabel } from "./progress-like.ts";
import type { TextRule } from "./text-rule.ts";

// Colours, erasing to the end of a line and hiding the cursor: ECMA-48 SGR, EL and the DEC private modes.
// oxlint-disable-next-line no-control-regex
const escapeSequence = /\u001B\[(?:[\d;:]*[mK]|\?[\d;]*[hl])/gu;

export const ansiColours: TextRule = {
  id: "ansi-colours",
  apply: (text) => (text.includes("\u001B[") ? text.replace(escapeSequence, "") : text),
};

/**
 * Lines printed over by a carriage return or backspaces, as a terminal would show them in the end. Only progress is
 * forgotten: other text that was printed over may be a result, and stays in front of what is shown.
 */
export const overwrittenLines: TextRule = {
  id: "overwritten-lines",
  apply: (text) => (/[\r\b]/u.test(text) ? text.split("\n").map(shown).join("\n") : text),
};

function shown(line: string): string {
  if (!line.includes("\r") && !line.includes("\b")) return line;
  const segments = line.split("\r").map(withoutBackspaces);
  let result = "";
  for (const segment of segments.toReversed()) result += segment.slice(result.length);
  return [...lostText(segments, result), result].join("\r");
}

/** The segments that are no longer to be seen whole in `result`, and that no later progress of the same kind replaces. */
function lostText(segments: readonly string[], result: string): string[] {
  const later = new Set<string>();
  const lost: string[] = [];
  for (const segment of segments.toReversed()) {
    const label = progressLabel(segment);
    const isReplaced = label !== null && later.has(label);
    if (label !== null) later.add(label);
    if (isReplaced || isBar(segment) || segment.trim() === "" || result.startsWith(segment)) continue;
    lost.push(segment);
  }
  return lost.toReversed();
}

/** A segment with what was backspaced over taken out; as it is where that was more than progress. */
function withoutBackspaces(segment: string): string {
  if (!segment.includes("\b")) return segment;
  const cells: string[] = [];
  let column = 0;
  for (const [, back = "", text = ""] of segment.matchAll(/([\b]*)([^\b]*)/gu)) {
    column = Math.max(0, column - back.length);
    const erased = cells.slice(column, column + Math.max(text.length, back.length)).join("");
    if (text !== "" && !isForgettable(erased, text)) return segment;
    for (const character of text) cells[column++] = character;
  }
  return cells.join("");
}

function isForgettable(erased: string, text: string): boolean {
  if (erased.trim() === "" || text.startsWith(erased) || isBar(erased)) return true;
  const label = progressLabel(erased);
  return label !== null && label === progressLabel(text);
}
