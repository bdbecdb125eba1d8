/** A piece of shell text: a word with its quotes taken off, or what stands between words and commands. */
export type ShellToken =
  | { readonly kind: "word"; readonly text: string }
  /** ";", "&&", "|", "(", ")", a line's end and the like: the next word names a command. */
  | { readonly kind: "end"; readonly text: string }
  /** "<", ">>", "2>&" and the like: the next word names a file. */
  | { readonly kind: "redirection"; readonly text: string };

/** One pass, in which each character is looked at once: quotes, escapes, operators, blanks, and runs of all others. */
const pieces =
  /(?<![^\s;&|()])#[^\n]*|'[^']*'|"(?:\\[\s\S]|[^"\\])*"|\\[\s\S]|\d?(?:<<<|<<-?|<&|<>|>&|>>|>\||[<>])|&>>?|;;|&&|\|\||[;&|()\n]|[^\S\n]+|[^\s'"\\<>;&|()]+|['"]/gu;

/** The tokens of POSIX shell text (2.3, Token Recognition), without comments and the text of here-documents. */
export function shellTokens(text: string): readonly ShellToken[] {
  const tokens: ShellToken[] = [];
  let word: string | null = null;
  const endWord = (): void => {
    if (word !== null) tokens.push({ kind: "word", text: word });
    word = null;
  };
  for (const [piece] of withoutHereDocuments(text).matchAll(pieces)) {
    if (piece === "\\\n" || (word === null && piece.startsWith("#"))) continue;
    else if (piece.trim() === "" && piece !== "\n") endWord();
    else if (/^(?:\d?[<>]|&>)/u.test(piece)) {
      endWord();
      tokens.push({ kind: "redirection", text: piece });
    } else if (/^[;&|()\n]/u.test(piece)) {
      endWord();
      tokens.push({ kind: "end", text: piece });
    } else word = (word ?? "") + bare(piece);
  }
  endWord();
  return tokens;
}

function bare(piece: string): string {
  if (piece.length > 1 && piece.startsWith("'")) return piece.slice(1, -1);
  if (piece.length > 1 && piece.startsWith('"'))
    return piece.slice(1, -1).replaceAll(/\\(["\\$`\n])/gu, (_, one: string) => (one === "\n" ? "" : one));
  return piece.startsWith("\\") ? piece.slice(1) : piece;
}

function withoutHereDocuments(text: string): string {
  if (!text.includes("<<")) return text;
  const kept: string[] = [];
  let end: string | null = null;
  for (const line of text.split("\n")) {
    if (end !== null) {
      if (line.replace(/^\t+/u, "") === end) end = null;
      continue;
    }
    kept.push(line);
    end = /(?<!<)<<-?\s*(['"]?)([\w.-]+)\1/u.exec(line)?.[2] ?? null;
  }
  return kept.join("\n");
}
