import type { TextRule } from "./text-rule.ts";

// Colours, erasing to the end of a line and hiding the cursor: ECMA-48 SGR, EL and the DEC private modes.
// oxlint-disable-next-line no-control-regex
const escapeSequence = /\u001B\[(?:[\d;:]*[mK]|\?[\d;]*[hl])/gu;

export const ansiColours: TextRule = {
  id: "ansi-colours",
  apply: (text) => (text.includes("\u001B[") ? text.replace(escapeSequence, "") : text),
};

/** Lines printed over by a carriage return or backspaces, as a terminal would show them in the end. */
export const overwrittenLines: TextRule = {
  id: "overwritten-lines",
  apply: (text) => (/[\r\b]/u.test(text) ? text.split("\n").map(shown).join("\n") : text),
};

function shown(line: string): string {
  if (!line.includes("\r") && !line.includes("\b")) return line;
  let result = "";
  for (const segment of line.split("\r").toReversed()) {
    result += withoutBackspaces(segment).slice(result.length);
  }
  return result;
}

function withoutBackspaces(segment: string): string {
  if (!segment.includes("\b")) return segment;
  const cells: string[] = [];
  let column = 0;
  for (const character of segment) {
    if (character === "\b") column = Math.max(0, column - 1);
    else cells[column++] = character;
  }
  return cells.join("");
}
