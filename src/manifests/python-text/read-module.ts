import { opensFile } from "./known-calls.ts";
import { readExpression } from "./read-expression.ts";
import { readStatements, type Statement, type Token } from "./tokens.ts";
import { computed, joined, type Call, type Value } from "./values.ts";

/** A call, and the function in whose body it stands; null for the module's own code. */
export interface PlacedCall extends Call {
  readonly within: FunctionHead | null;
}

export interface FunctionHead {
  readonly name: string;
  /** The calls of its decorators; a decorator without parentheses is a call without arguments. */
  readonly decorators: readonly Call[];
  readonly line: number;
}

/**
 * The calls of a module in their order, with arguments as far as reading tells them: literals, names bound to literals,
 * sums of them, files opened by a known name. Nothing is run; a name that is changed under a condition holds a computed
 * part besides what is known.
 */
export function readModule(text: string): readonly PlacedCall[] {
  const names = new Map<string, Value>();
  const calls: PlacedCall[] = [];
  const fileReaders = new Set<string>();
  let functions: { readonly indent: number; readonly head: FunctionHead }[] = [];
  let conditions: number[] = [];
  let decorators: Call[] = [];
  const evaluate = (tokens: readonly Token[]): Value =>
    readExpression(tokens, {
      names,
      fileReaders,
      onCall: (call) => {
        const within = functions.at(-1)?.head ?? null;
        if (within !== null && (opensFile(call.name) || fileReaders.has(call.name)))
          fileReaders.add(within.name);
        calls.push({ ...call, within });
      },
    });
  for (const statement of readStatements(text)) {
    const { indent, tokens } = statement;
    const [first, second] = tokens;
    if (first === undefined) continue;
    functions = functions.filter((outer) => outer.indent < indent);
    conditions = conditions.filter((outer) => outer < indent);
    if (first.text === "@" && first.kind === "operator") {
      decorators.push(decoratorOf(tokens));
      continue;
    }
    if (first.text === "def" || (first.text === "async" && second?.text === "def")) {
      const name = tokens[first.text === "def" ? 1 : 2]?.text ?? "";
      functions.push({ indent, head: { name, decorators, line: first.line } });
      decorators = [];
      continue;
    }
    decorators = [];
    if (first.kind === "name" && /^(?:if|elif|else|for|while|except)$/u.test(first.text))
      conditions.push(indent);
    if (first.text === "with") {
      bindOpened(tokens, names, evaluate);
      continue;
    }
    runStatement(statement, names, evaluate, conditions.length > 0);
  }
  return calls;
}

function runStatement(
  { tokens }: Statement,
  names: Map<string, Value>,
  evaluate: (tokens: readonly Token[]) => Value,
  isConditional: boolean,
): void {
  const [first, second, third] = tokens;
  if (first?.kind === "name" && second?.kind === "operator" && second.text === "=") {
    const value = evaluate(tokens.slice(2));
    const before = names.get(first.text);
    names.set(first.text, isConditional && before !== undefined ? either(before, value, first.text) : value);
    return;
  }
  // An annotated name: deps: list[str] = [...]
  const equals = tokens.findIndex(({ kind, text }) => kind === "operator" && text === "=");
  if (first?.kind === "name" && second?.text === ":" && equals > 0) {
    names.set(first.text, evaluate(tokens.slice(equals + 1)));
    return;
  }
  if (first?.kind === "name" && second?.text === "+=")
    grow(names, first.text, evaluate(tokens.slice(2)), isConditional);
  else if (first?.kind === "name" && second?.text === "." && /^(?:append|extend)$/u.test(third?.text ?? "")) {
    grow(names, first.text, evaluate(tokens.slice(4, -1)), isConditional);
  } else if (first?.kind === "name" && second?.text === "[" && equals > 0) {
    const table = names.get(first.text);
    const key = evaluate(tokens.slice(2, equals - 1));
    const value = evaluate(tokens.slice(equals + 1));
    if (table?.kind !== "table") return;
    const said = key.kind === "text" ? key.text : "**";
    names.set(first.text, {
      ...table,
      entries: [...table.entries.filter(([name]) => name !== said), [said, value]],
    });
  } else {
    const start =
      first?.kind === "name" && /^(?:return|if|elif|while|assert|raise)$/u.test(first.text) ? 1 : 0;
    if (tokens.length > start) evaluate(tokens.slice(start));
  }
}

function grow(names: Map<string, Value>, name: string, value: Value, isConditional: boolean): void {
  const before = names.get(name);
  if (before === undefined) return;
  const added = isConditional ? computed(`${name}, which a condition changes,`, value.line) : value;
  names.set(name, joined(before.kind === "text" ? before : asList(before), added));
}

const asList = (value: Value): Value =>
  value.kind === "list" ? value : { kind: "list", items: [value], line: value.line };

/** A name that is bound twice: what it held first, and that more than reading is needed to tell. */
function either(before: Value, after: Value, name: string): Value {
  if (before.kind === "text" && after.kind === "text" && before.text === after.text) return before;
  const isEmpty = before.kind === "list" && before.items.length === 0;
  return {
    kind: "list",
    items: [isEmpty ? after : before, computed(`${name}, which a condition changes,`, after.line)],
    line: after.line,
  };
}

/** `with open("x") as name:` */
function bindOpened(
  tokens: readonly Token[],
  names: Map<string, Value>,
  evaluate: (tokens: readonly Token[]) => Value,
): void {
  const as = tokens.findIndex(({ kind, text }) => kind === "name" && text === "as");
  const name = tokens[as + 1];
  const value = evaluate(tokens.slice(1, as === -1 ? tokens.length - 1 : as));
  if (as !== -1 && name?.kind === "name") names.set(name.text, value);
}

function decoratorOf(tokens: readonly Token[]): Call {
  const found: Call[] = [];
  readExpression(tokens.slice(1), { names: new Map(), onCall: (call) => found.push(call) });
  const name = tokens
    .slice(1)
    .map(({ text }) => text)
    .join("");
  return found.at(-1) ?? { name, positional: [], named: new Map(), line: tokens[0]?.line ?? 1 };
}
