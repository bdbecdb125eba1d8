/** What an expression is known to be without running it. `line` is where it stands. */
export type Value =
  | { readonly kind: "text"; readonly text: string; readonly line: number }
  | { readonly kind: "list"; readonly items: readonly Value[]; readonly line: number }
  | { readonly kind: "table"; readonly entries: readonly (readonly [string, Value])[]; readonly line: number }
  /**
   * The text or the lines of a file that the code opens; `path` as it is written. `isGuess` where a function of the module
   * opens it, which may look for it elsewhere.
   */
  | { readonly kind: "file"; readonly path: string; readonly line: number; readonly isGuess: boolean }
  /** Anything that only running the code would tell; `said` names it. */
  | { readonly kind: "computed"; readonly said: string; readonly line: number };

/** A call: the dotted name that is called, and its arguments. */
export interface Call {
  readonly name: string;
  readonly positional: readonly Value[];
  readonly named: ReadonlyMap<string, Value>;
  readonly line: number;
}

export const computed = (said: string, line: number): Value => ({ kind: "computed", said, line });

/** Lists and texts that grow beyond this by naming themselves are no one's requirements. */
export const longest = 10_000;

/** The items of a list, nested ones included, and the value itself where it is none; those beyond the longest are left. */
export function itemsOf(value: Value): readonly Value[] {
  const items: Value[] = [];
  let steps = 0;
  const collect = (one: Value): void => {
    if (++steps > longest) return;
    if (one.kind === "list") for (const item of one.items) collect(item);
    else items.push(one);
  };
  collect(value);
  return items;
}

/** Two values joined by "+": texts, lists, or a computed part kept beside what is known. */
export function joined(left: Value, right: Value): Value {
  const { line } = left;
  if (left.kind === "text" && right.kind === "text") {
    const text = left.text + right.text;
    return text.length > longest * 10 ? computed("a long text", line) : { kind: "text", text, line };
  }
  if (left.kind === "list" || right.kind === "list" || left.kind === "file" || right.kind === "file") {
    const items = [...partsOf(left), ...partsOf(right)];
    return items.length > longest ? computed("a long list", line) : { kind: "list", items, line };
  }
  return computed("a sum", line);
}

/** One level of a list: a sum of lists is no deeper than they are. */
const partsOf = (value: Value): readonly Value[] => (value.kind === "list" ? value.items : [value]);
