import { decodeName } from "../../system/index.ts";

/** A system call as strace prints it: `openat(AT_FDCWD</home/x>, "a", O_RDONLY) = 3</home/x/a>`. */
export interface Call {
  readonly name: string;
  readonly args: readonly string[];
  /** What it gave back, with all that strace says behind it; null where it did not return. */
  readonly result: string | null;
}

/** Takes a call apart. Null where the text is none. Looks at each character once. */
export function splitCall(text: string): Call | null {
  const open = text.indexOf("(");
  if (open <= 0 || !/^[a-z_]\w*$/u.test(text.slice(0, open))) return null;
  const args: string[] = [];
  let depth = 0;
  let start = open + 1;
  for (let at = open + 1; at < text.length; at += 1) {
    const char = text[at];
    if (char === '"' || char === "<") {
      at = closing(text, at, char === '"' ? '"' : ">");
    } else if (char === "(" || char === "[" || char === "{") {
      depth += 1;
    } else if (depth > 0 && (char === ")" || char === "]" || char === "}")) {
      depth -= 1;
    } else if (depth === 0 && (char === "," || char === ")")) {
      args.push(text.slice(start, at).trim());
      start = at + 1;
      if (char === ")") return { name: text.slice(0, open), args, result: resultOf(text.slice(start)) };
    }
  }
  return null;
}

function resultOf(rest: string): string | null {
  const result = /^\s*=\s(.*)$/su.exec(rest)?.[1];
  return result === undefined || result === "?" ? null : result;
}

/** Where a quoted text or the path behind a descriptor ends; both escape their own end. */
function closing(text: string, from: number, end: string): number {
  for (let at = from + 1; at < text.length; at += 1) {
    if (text[at] === "\\") at += 1;
    else if (text[at] === end) return at;
  }
  return text.length;
}

/** The text of a quoted argument; null where it is none (NULL, an address). */
export function unquote(argument: string): string | null {
  const end = argument.startsWith('"') ? closing(argument, 0, '"') : 0;
  return end === 0 ? null : unescape(argument.slice(1, end));
}

/** The path that strace says of a descriptor (`3</home/x/a>`, `AT_FDCWD</home/x>`); null where it is no path. */
export function pathBehind(argument: string): string | null {
  const open = argument.indexOf("<");
  if (open < 0 || argument[open + 1] !== "/") return null;
  return unescape(argument.slice(open + 1, closing(argument, open, ">"))).replace(/ \(deleted\)$/u, "");
}

/** The texts in a list (`["cat", "a"]`). */
export function listed(argument: string): readonly string[] {
  const words: string[] = [];
  for (let at = argument.indexOf('"'); at >= 0; at = argument.indexOf('"', at)) {
    const end = closing(argument, at, '"');
    words.push(unescape(argument.slice(at + 1, end)));
    at = end + 1;
  }
  return words;
}

const named: Readonly<Record<string, number>> = { n: 10, t: 9, r: 13, v: 11, f: 12, a: 7, b: 8, e: 27 };

/** Undoes C escapes, octal ones (`\303`) and `\x` ones among them, and decodes the bytes as file names are. */
function unescape(text: string): string {
  if (!text.includes("\\")) return text;
  const bytes: number[] = [];
  for (const [piece] of text.matchAll(/\\(?:[0-7]{1,3}|x[0-9a-f]{1,2}|[^])|[^\\]+|\\$/gu)) {
    if (!piece.startsWith("\\")) bytes.push(...Buffer.from(piece, "utf8"));
    else if (/^\\[0-7]/u.test(piece)) bytes.push(Number.parseInt(piece.slice(1), 8) & 0xff);
    else if (/^\\x[0-9a-f]/u.test(piece)) bytes.push(Number.parseInt(piece.slice(2), 16));
    else bytes.push(named[piece.slice(1)] ?? piece.codePointAt(1) ?? 0x5c);
  }
  return decodeName(Buffer.from(bytes)).replaceAll("\0", "");
}
