import { makeFinding, type Finding } from "../../model/index.ts";

export interface DecodedText {
  readonly text: string;
  readonly findings: readonly Finding[];
}

/**
 * The text that pip would see. A file in UTF-16 (what PowerShell's `>` writes) arrives here read as UTF-8: its byte
 * order mark as two replacement characters, and a NUL beside each letter.
 */
export function decodeRequirements(path: string, raw: string): DecodedText {
  const text = raw.startsWith("\ufeff") ? raw.slice(1) : raw;
  if (text.startsWith("\ufffd\ufffd") && text.includes("\0")) {
    const finding = makeFinding("requirements-utf16", "warning", `${path} is in UTF-16`, {
      file: path,
      line: 1,
      why: "pip reads it, but most other tools take it for broken",
      fix: "save it as UTF-8",
    });
    return { text: text.slice(2).replaceAll("\0", ""), findings: [finding] };
  }
  const nul = text.indexOf("\0");
  if (nul === -1) return { text, findings: [] };
  const line = text.slice(0, nul).split(/\r\n|\r|\n/u).length;
  const finding = makeFinding("requirements-nul", "error", `${path} holds a NUL byte`, {
    file: path,
    line,
    why: "no installer can read the line; the file is damaged or is not text",
    fix: "delete the byte, or write the file again",
  });
  return { text, findings: [finding] };
}
