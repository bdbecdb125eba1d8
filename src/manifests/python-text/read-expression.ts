import type { Token } from "./tokens.ts";
import { valueOfCall } from "./known-calls.ts";
import { computed, joined, longest, type Call, type Value } from "./values.ts";

/** What an expression reads from: names bound so far, and where calls are told to. */
export interface Scope {
  readonly names: ReadonlyMap<string, Value>;
  readonly onCall?: (call: Call) => void;
  /** Functions of the module that open a file. */
  readonly fileReaders?: ReadonlySet<string>;
}

const none: ReadonlySet<string> = new Set();

const deepest = 60;

/** Reads one expression's tokens into what is known of its value; what is left over makes it computed. */
export function readExpression(tokens: readonly Token[], scope: Scope): Value {
  const reader = new ExpressionReader(tokens, scope);
  const value = reader.expression();
  return reader.isAtEnd() ? value : computed("an expression", value.line);
}

class ExpressionReader {
  private readonly tokens: readonly Token[];
  private readonly scope: Scope;
  private at = 0;
  private depth = 0;

  constructor(tokens: readonly Token[], scope: Scope) {
    this.tokens = tokens;
    this.scope = scope;
  }

  isAtEnd(): boolean {
    return this.at >= this.tokens.length;
  }

  private next(): Token | undefined {
    return this.tokens[this.at];
  }

  private takes(text: string): boolean {
    const token = this.next();
    if (token?.text !== text || (token.kind !== "operator" && token.kind !== "name")) return false;
    this.at++;
    return true;
  }

  private line(): number {
    return (this.next() ?? this.tokens.at(-1))?.line ?? 1;
  }

  /** Sums of operands; any other operator makes the whole computed, up to the next comma or closing bracket. */
  expression(): Value {
    const line = this.line();
    if (++this.depth > deepest) {
      this.skip();
      this.depth--;
      return computed("a deep expression", line);
    }
    let value = this.operand();
    while (!this.isAtEnd()) {
      if (this.takes("+")) value = joined(value, this.operand());
      else if (this.takes("/")) value = pathBelow(value, this.operand());
      else if (this.next()?.text === "for") {
        value = this.comprehension(line);
        break;
      } else if (/^[,)\]}:=]$/u.test(this.next()?.text ?? "") && this.next()?.kind === "operator") break;
      else {
        // `a or b`, `x if y else z`, `"%s" % v`: both sides are not known to hold.
        this.skip();
        value = computed("a condition or an operation", line);
        break;
      }
    }
    this.depth--;
    return value;
  }

  /** Past whatever follows, to the comma or the bracket that ends it. */
  private skip(): void {
    for (let depth = 0; !this.isAtEnd(); this.at++) {
      const token = this.next();
      if (token?.kind !== "operator") continue;
      if ("([{".includes(token.text)) depth++;
      else if (")]}".includes(token.text) && depth-- === 0) return;
      else if (token.text === "," && depth === 0) return;
    }
  }

  /** `x.strip() for x in FILE if x`: the lines of a file stay the lines of a file. */
  private comprehension(line: number): Value {
    this.at++;
    while (!this.isAtEnd() && this.next()?.text !== "in" && !/^[)\]}]$/u.test(this.next()?.text ?? ""))
      this.at++;
    const source = this.takes("in") ? this.operand() : computed("a comprehension", line);
    this.skip();
    return source.kind === "file" ? source : computed("a comprehension", line);
  }

  private operand(): Value {
    let value = this.atom();
    let name = value.kind === "computed" ? value.said : "";
    while (!this.isAtEnd()) {
      const line = this.line();
      if (this.takes(".")) {
        const attribute = this.next()?.text ?? "";
        this.at++;
        name = name === "" ? `.${attribute}` : `${name}.${attribute}`;
        if (this.next()?.text !== "(") {
          const isFolder = attribute === "parent" || attribute === "parents";
          value = computed(isFolder ? "a folder" : name, line);
        } else value = this.call(name, attribute, value);
      } else if (this.next()?.text === "(") value = this.call(name, name, value);
      else if (this.takes("[")) {
        const key = this.expression();
        this.skip();
        this.takes("]");
        const found =
          value.kind === "table" && key.kind === "text"
            ? value.entries.find(([said]) => said === key.text)?.[1]
            : undefined;
        value = found ?? computed("an element", line);
      } else break;
      if (value.kind === "computed" && name === "") name = value.said;
    }
    return value;
  }

  private call(name: string, method: string, receiver: Value): Value {
    const line = this.line();
    this.at++;
    const positional: Value[] = [];
    const named = new Map<string, Value>();
    while (!this.isAtEnd() && !this.takes(")")) {
      if (this.takes("**")) {
        const spread = this.expression();
        if (spread.kind === "table") for (const [key, value] of spread.entries) named.set(key, value);
        else named.set("**", spread);
      } else if (this.takes("*")) positional.push(...spreadItems(this.expression()));
      else if (this.next()?.kind === "name" && this.tokens[this.at + 1]?.text === "=") {
        const key = this.next()?.text ?? "";
        this.at += 2;
        named.set(key, this.expression());
      } else positional.push(this.expression());
      if (!this.takes(",") && this.next()?.text !== ")") this.skipTo();
    }
    const call: Call = { name, positional, named, line };
    this.scope.onCall?.(call);
    return valueOfCall(call, method, receiver, this.scope.fileReaders ?? none);
  }

  /** Past one token where nothing else moved, so that reading always ends. */
  private skipTo(): void {
    const before = this.at;
    this.skip();
    this.takes(",");
    if (this.at === before && this.next()?.text !== ")") this.at++;
  }

  private atom(): Value {
    const token = this.next();
    if (token === undefined) return computed("nothing", this.line());
    const { line } = token;
    if (token.kind === "string" || token.kind === "computed") return this.strings(line);
    if (token.kind === "operator" && "([".includes(token.text)) return this.sequence(token.text);
    if (token.kind === "operator" && token.text === "{") return this.table();
    if (token.kind === "operator" && ")]},:=".includes(token.text)) return computed("nothing", line);
    this.at++;
    if (token.kind !== "name") return computed("an operation", line);
    if (/^(?:None|False)$/u.test(token.text)) return { kind: "list", items: [], line };
    if (token.text === "lambda" || token.text === "not" || token.text === "await" || token.text === "yield") {
      this.skip();
      return computed(token.text, line);
    }
    return this.scope.names.get(token.text) ?? computed(token.text, line);
  }

  /** Strings side by side are one. */
  private strings(line: number): Value {
    let text = "";
    let isComputed = false;
    for (
      let token = this.next();
      token?.kind === "string" || token?.kind === "computed";
      token = this.next()
    ) {
      text += token.text;
      isComputed ||= token.kind === "computed";
      this.at++;
    }
    return isComputed ? computed("a formatted string", line) : { kind: "text", text, line };
  }

  /** A list, a tuple, or an expression in parentheses. */
  private sequence(open: string): Value {
    const line = this.line();
    const close = open === "(" ? ")" : "]";
    this.at++;
    const items: Value[] = [];
    let hasComma = open === "[";
    while (!this.isAtEnd() && !this.takes(close)) {
      const before = this.at;
      if (this.takes("*")) items.push(...spreadItems(this.expression()));
      else items.push(this.expression());
      if (this.takes(",")) hasComma = true;
      else if (this.next()?.text !== close) this.skipTo();
      if (this.at === before) this.at++;
    }
    const [only] = items;
    return items.length === 1 && only !== undefined && (!hasComma || (open === "[" && only.kind === "file"))
      ? only
      : { kind: "list", items, line };
  }

  /** A dictionary with texts as keys; a set is read as a list. */
  private table(): Value {
    const line = this.line();
    this.at++;
    const entries: [string, Value][] = [];
    const items: Value[] = [];
    while (!this.isAtEnd() && !this.takes("}")) {
      const before = this.at;
      if (this.takes("**")) {
        const spread = this.expression();
        if (spread.kind === "table" && entries.length + spread.entries.length < longest)
          entries.push(...spread.entries.map(([key, value]): [string, Value] => [key, value]));
        else entries.push(["**", spread]);
      } else {
        const key = this.expression();
        if (!this.takes(":")) items.push(key);
        else entries.push([key.kind === "text" ? key.text : "**", this.expression()]);
      }
      if (!this.takes(",") && this.next()?.text !== "}") this.skipTo();
      if (this.at === before) this.at++;
    }
    return items.length > 0 && entries.length === 0
      ? { kind: "list", items, line }
      : { kind: "table", entries, line };
  }
}

const spreadItems = (value: Value): readonly Value[] =>
  value.kind === "list" && value.items.length < longest ? value.items : [value];

/** `folder / "file"`: the folder is taken for the code's own. */
function pathBelow(left: Value, right: Value): Value {
  if (right.kind !== "text") return computed("a path", left.line);
  return left.kind === "text" ? { ...right, text: `${left.text}/${right.text}` } : right;
}
