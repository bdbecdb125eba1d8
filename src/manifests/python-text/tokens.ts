/** One token of Python source. Only strings are decoded; an f-string with fields is `computed`. */
export interface Token {
  readonly kind: "name" | "string" | "number" | "operator" | "computed";
  readonly text: string;
  readonly line: number;
}

/** One statement's tokens: a line, or several where brackets or backslashes join them. */
export interface Statement {
  readonly indent: number;
  readonly tokens: readonly Token[];
}

const word = /[A-Za-z_\u0080-\uffff][\w\u0080-\uffff]*/uy;
const number = /(?:\d[\w.]*|\.\d[\w.]*)/uy;
const stringStart = /([A-Za-z]{0,2})("""|'''|"|')/uy;
const operator = /\*\*=?|\/\/=?|->|:=|[-+*/%&|^@=<>!]=|<<|>>|\.\.\.|[\s\S]/uy;

/**
 * Splits Python source into statements of tokens, without comments. It follows the language's rules for brackets,
 * strings and joined lines and knows no grammar, so that it reads any version's syntax and never throws.
 */
export function readStatements(text: string): readonly Statement[] {
  const statements: Statement[] = [];
  let tokens: Token[] = [];
  let indent = 0;
  let depth = 0;
  let line = 1;
  let at = text.startsWith("\ufeff") ? 1 : 0;
  let lineStart = at;
  const end = (): void => {
    if (tokens.length > 0) statements.push({ indent, tokens });
    tokens = [];
  };
  const push = (kind: Token["kind"], said: string): void => {
    if (tokens.length === 0) indent = at - lineStart;
    tokens.push({ kind, text: said, line });
  };
  while (at < text.length) {
    const char = text[at] ?? "";
    if (char === "\n" || char === "\r") {
      if (depth === 0) end();
      at += char === "\r" && text[at + 1] === "\n" ? 2 : 1;
      line++;
      lineStart = at;
      continue;
    }
    if (char === " " || char === "\t" || char === "\f") {
      at++;
      continue;
    }
    if (char === "#") {
      while (at < text.length && text[at] !== "\n" && text[at] !== "\r") at++;
      continue;
    }
    if (char === "\\" && /[\r\n]/u.test(text[at + 1] ?? "")) {
      at += text[at + 1] === "\r" && text[at + 2] === "\n" ? 3 : 2;
      line++;
      continue;
    }
    const string = matchAt(stringStart, text, at);
    if (string !== null) {
      const read = readString(text, at + string[0].length, string[2] ?? "", string[1] ?? "");
      push(read.isComputed ? "computed" : "string", read.value);
      line += countLines(text, at, read.end);
      at = read.end;
      continue;
    }
    const found = matchAt(word, text, at) ?? matchAt(number, text, at);
    if (found !== null) {
      push(/^[\d.]/u.test(found[0]) ? "number" : "name", found[0]);
      at += found[0].length;
      continue;
    }
    if (char === ";" && depth === 0) {
      const kept = indent;
      end();
      at++;
      indent = kept;
      continue;
    }
    const sign = matchAt(operator, text, at)?.[0] ?? char;
    if ("([{".includes(sign)) depth++;
    if (")]}".includes(sign)) depth = Math.max(0, depth - 1);
    push("operator", sign);
    at += sign.length;
  }
  end();
  return statements;
}

function matchAt(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}

function countLines(text: string, from: number, to: number): number {
  return text.slice(from, to).split(/\r\n|\r|\n/u).length - 1;
}

const escapes: Readonly<Record<string, string>> = { n: "\n", r: "\r", t: "\t", "\n": "" };

/** A string's value and where it ends; one without its closing quote ends with its line, or with the text. */
function readString(
  text: string,
  start: number,
  quote: string,
  prefix: string,
): { readonly value: string; readonly end: number; readonly isComputed: boolean } {
  const isRaw = /r/iu.test(prefix);
  const isFormatted = /[ft]/iu.test(prefix);
  const parts: string[] = [];
  let hasField = false;
  let at = start;
  for (; at < text.length && !text.startsWith(quote, at); at++) {
    const char = text[at] ?? "";
    if (quote.length === 1 && (char === "\n" || char === "\r")) break;
    if (char === "\\") {
      const next = text[at + 1] ?? "";
      parts.push(isRaw ? char + next : (escapes[next] ?? (/['"\\]/u.test(next) ? next : char + next)));
      at++;
    } else {
      if (isFormatted && char === "{") hasField = true;
      parts.push(char);
    }
  }
  const isClosed = text.startsWith(quote, at);
  return {
    value: parts.join(""),
    end: Math.min(text.length, isClosed ? at + quote.length : at),
    isComputed: hasField,
  };
}
