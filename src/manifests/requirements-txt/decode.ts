import { makeFinding, type Finding } from "../../model/index.ts";

export interface DecodedText {
  readonly text: string;
  readonly findings: readonly Finding[];
}

/**
 * The text that pip would see. A file in UTF-16 or UTF-32 (what PowerShell's `>` writes) arrives here read as UTF-8: its
 * byte order mark as two replacement characters, and NULs beside each letter. One in Latin-1 or the like has replacement
 * characters for its accents, which stand in comments; pip reads those only where a coding line (PEP 263) names them.
 */
export function decodeRequirements(path: string, raw: string): DecodedText {
  const text = raw.startsWith("\ufeff") ? raw.slice(1) : raw;
  const wide = readWide(text);
  if (wide !== null) {
    const finding = makeFinding("requirements-utf16", "warning", `${path} is in ${wide.encoding}`, {
      file: path,
      line: 1,
      why: "pip reads it, but most other tools take it for broken",
      fix: "save it as UTF-8",
    });
    return { text: wide.text, findings: [finding] };
  }
  const nul = text.indexOf("\0");
  if (nul !== -1) {
    const finding = makeFinding("requirements-nul", "error", `${path} holds a NUL byte`, {
      file: path,
      line: lineAt(text, nul),
      why: "no installer can read the line; the file is damaged or is not text",
      fix: "delete the byte, or write the file again",
    });
    return { text, findings: [finding] };
  }
  const strange = text.indexOf("\ufffd");
  if (strange === -1 || namesItsCoding(text)) return { text, findings: [] };
  const finding = makeFinding("requirements-encoding", "warning", `${path} is not in UTF-8`, {
    file: path,
    line: lineAt(text, strange),
    why: "pip reads it only where the machine's own encoding happens to be the file's",
    fix: "save it as UTF-8",
  });
  return { text, findings: [finding] };
}

/** Text in 16 or 32 bits a character, little end first or last. What is not ASCII in it stays unreadable. */
function readWide(text: string): { readonly encoding: string; readonly text: string } | null {
  const [, mark] = /^(\0\0\ufffd\ufffd|\ufffd\ufffd\0\0|\ufffd\ufffd)/u.exec(text) ?? [];
  if (mark === undefined || !text.includes("\0")) return null;
  const encoding = mark.length === 4 ? "UTF-32" : "UTF-16";
  const body = text.slice(mark.length);
  // A line break without its NUL is half of another character.
  const half = body.startsWith("\0") ? /(?<!\0)[\n\r]/gu : /[\n\r](?!\0)/gu;
  return { encoding, text: body.replaceAll(half, "?").replaceAll("\0", "") };
}

/** Whether one of the first two lines is a comment that names the encoding (PEP 263), as pip looks for it. */
function namesItsCoding(text: string): boolean {
  return text
    .split("\n", 2)
    .some((line) => line.startsWith("#") && /coding[:=]\s*[-\w.]+/u.test(line.slice(0, 1000)));
}

function lineAt(text: string, offset: number): number {
  return text.slice(0, offset).split(/\r\n|\r|\n/u).length;
}
