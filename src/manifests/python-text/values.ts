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

/** The items of a list and the value itself where it is none. */
export function itemsOf(value: Value): readonly Value[] {
  return value.kind === "list" ? value.items.flatMap(itemsOf) : [value];
}

/** Two values joined by "+": texts, lists, or a computed part kept beside what is known. */
export function joined(left: Value, right: Value): Value {
  const { line } = left;
  if (left.kind === "text" && right.kind === "text")
    return { kind: "text", text: left.text + right.text, line };
  if (left.kind === "list" || right.kind === "list" || left.kind === "file" || right.kind === "file") {
    return { kind: "list", items: [...itemsOf(left), ...itemsOf(right)], line };
  }
  return computed("a sum", line);
}
