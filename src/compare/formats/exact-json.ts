/** A number as it is written: JavaScript's own numbers would make two long ones equal. */
export class JsonNumber {
  readonly source: string;
  constructor(source: string) {
    this.source = source;
  }
}

export type ExactJson =
  | null
  | boolean
  | string
  | JsonNumber
  | readonly ExactJson[]
  | ReadonlyMap<string, ExactJson>;

// Sticky, each tried at one place: matching is linear.
const space = /[ \t\n\r]*/uy;
const number = /-?(?:Infinity|\d+(?:\.\d+)?(?:[eE][-+]?\d+)?)/uy;
// oxlint-disable-next-line no-control-regex
const control = /[\u0000-\u001F]/u;
const word = /true|false|null|NaN/uy;

const deepest = 200;

/**
 * JSON (RFC 8259) with the NaN and Infinity that Python's json module writes, numbers kept as written. Null where the
 * text is not that, nests deeper than 200, or names a key twice, which would hide a value.
 */
export function parseExactJson(text: string): { readonly value: ExactJson } | null {
  const reader = new Reader(text);
  try {
    const value = reader.value(0);
    reader.skipSpace();
    return reader.at === text.length ? { value } : null;
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

class Reader {
  at = 0;
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }

  skipSpace(): void {
    this.take(space);
  }

  value(depth: number): ExactJson {
    if (depth > deepest) throw new SyntaxError("too deep");
    this.skipSpace();
    const next = this.text[this.at];
    if (next === "{") return this.object(depth);
    if (next === "[") return this.array(depth);
    if (next === '"') return this.string();
    const literal = this.take(word);
    if (literal === "true") return true;
    if (literal === "false") return false;
    if (literal === "null") return null;
    const source = literal ?? this.take(number);
    if (source === null || source === "") throw new SyntaxError("no value");
    return new JsonNumber(source);
  }

  private object(depth: number): ReadonlyMap<string, ExactJson> {
    const entries = new Map<string, ExactJson>();
    this.at += 1;
    if (this.isNext("}")) return entries;
    for (;;) {
      this.skipSpace();
      const key = this.string();
      if (entries.has(key)) throw new SyntaxError("key twice");
      if (!this.isNext(":")) throw new SyntaxError("no colon");
      entries.set(key, this.value(depth + 1));
      if (this.isNext("}")) return entries;
      if (!this.isNext(",")) throw new SyntaxError("no comma");
    }
  }

  private array(depth: number): readonly ExactJson[] {
    const items: ExactJson[] = [];
    this.at += 1;
    if (this.isNext("]")) return items;
    for (;;) {
      items.push(this.value(depth + 1));
      if (this.isNext("]")) return items;
      if (!this.isNext(",")) throw new SyntaxError("no comma");
    }
  }

  private string(): string {
    if (this.text[this.at] !== '"') throw new SyntaxError("no string");
    let end = this.at;
    do {
      end = this.text.indexOf('"', end + 1);
      if (end === -1) throw new SyntaxError("no end of string");
    } while (this.isEscaped(end));
    const token = this.text.slice(this.at, end + 1);
    if (control.test(token)) throw new SyntaxError("control character");
    this.at = end + 1;
    return token.includes("\\") ? String(JSON.parse(token)) : token.slice(1, -1);
  }

  private isEscaped(place: number): boolean {
    let slashes = 0;
    while (this.text[place - 1 - slashes] === "\\") slashes += 1;
    return slashes % 2 === 1;
  }

  private isNext(character: string): boolean {
    this.skipSpace();
    if (this.text[this.at] !== character) return false;
    this.at += 1;
    return true;
  }

  private take(pattern: RegExp): string | null {
    pattern.lastIndex = this.at;
    const token = pattern.exec(this.text)?.[0] ?? null;
    if (token !== null) this.at += token.length;
    return token;
  }
}

/** Whether two JSON numbers are written differently but are one value: 1.50 and 1.5, not 1 and 1.0 (another type). */
export function isSameDecimal(before: string, after: string): boolean {
  const [one, other] = [decimal(before), decimal(after)];
  return one !== null && one === other;
}

/** Sign, digits without zeros at the ends, exponent; null for what is no fraction. */
function decimal(source: string): string | null {
  const parts = /^(-?)(\d+)(?:\.(\d*))?(?:[eE]([-+]?\d{1,9}))?$/u.exec(source);
  if (parts === null || !/[.eE]/u.test(source)) return null;
  const [, sign = "", whole = "", fraction = "", exponent = "0"] = parts;
  const digits = whole + fraction;
  const leading = digits.length - digits.replace(/^0+/u, "").length;
  const significant = digits.slice(leading);
  let end = significant.length;
  while (end > 0 && significant[end - 1] === "0") end -= 1;
  if (end === 0) return `${sign}0`;
  return `${sign}${significant.slice(0, end)}e${Number(exponent) + whole.length - leading}`;
}
