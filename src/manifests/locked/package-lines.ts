/**
 * The line (from 1) of each `[[key]]` in a TOML text, in order. A lock can be of many megabytes: this takes one pass over its
 * lines, where a syntax tree would take seconds. The line is that of the name below the header, where it follows at once.
 */
export function tableLines(text: string, key: string): readonly number[] {
  const header = `[[${key}]]`;
  return linesWhere(text, (at) => text.startsWith(header, at)).map((line) => line + 1);
}

/** The line of the first `key = ` at the start of a line; null where there is none. */
export function keyLine(text: string, key: string): number | null {
  const found = new RegExp(`^[ \\t]*"?${key.replaceAll(/[^\w-]/gu, "\\$&")}"?[ \\t]*[=:]`, "mu").exec(text);
  return found === null ? null : lineAt(text, found.index);
}

/** The line of the first of these TOML table headers that the text has ("tool.poetry"), the most telling named first. */
export function headerLine(text: string, ...names: readonly string[]): number | null {
  for (const name of names) {
    const at = text.startsWith(`[${name}]`) ? 0 : text.indexOf(`\n[${name}]`) + 1;
    if (at > 0 || text.startsWith(`[${name}]`)) return lineAt(text, at);
  }
  return null;
}

/** The line (from 1) of each item of the first block sequence that is the value of `key` at the top of a YAML text. */
export function itemLines(text: string, key: string): readonly number[] {
  const start = text.startsWith(`${key}:`) ? 0 : text.indexOf(`\n${key}:`) + 1;
  if (start === 0 && !text.startsWith(`${key}:`)) return [];
  const after = text.indexOf("\n", start) + 1;
  if (after === 0) return [];
  const rest = text.slice(after);
  const indent = /^( *)- /mu.exec(rest)?.[1];
  if (indent === undefined) return [];
  const item = `${indent}- `;
  const end = endOfBlock(rest, indent);
  const before = lineAt(text, after) - 1;
  return linesWhere(end === -1 ? rest : rest.slice(0, end), (at, block) => block.startsWith(item, at)).map(
    (line) => line + before,
  );
}

/** Where the next key at the top of the document stands; -1 where the sequence runs to its end. */
function endOfBlock(rest: string, indent: string): number {
  return indent === "" ? rest.search(/^[^\s#-]/mu) : rest.search(/^[^\s#]/mu);
}

function linesWhere(text: string, holds: (at: number, text: string) => boolean): number[] {
  const lines: number[] = [];
  for (let at = 0, line = 1; ; line += 1) {
    if (holds(at, text)) lines.push(line);
    const end = text.indexOf("\n", at);
    if (end === -1) return lines;
    at = end + 1;
  }
}

function lineAt(text: string, offset: number): number {
  let line = 1;
  for (let at = text.indexOf("\n"); at !== -1 && at < offset; at = text.indexOf("\n", at + 1)) line += 1;
  return line;
}
