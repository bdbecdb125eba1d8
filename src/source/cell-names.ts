import type { Node } from "web-tree-sitter";
import { visitNames, type NameSink } from "./name-visitor.ts";

/**
 * What one cell does to the notebook's names, in the order in which it runs. "certain" marks what runs whenever the
 * cell does; what stands in a branch, a loop or a handler may not.
 */
export type NameEvent =
  | { readonly kind: "use"; readonly name: string; readonly line: number; readonly certain: boolean }
  | { readonly kind: "define" | "modify"; readonly name: string; readonly line: number }
  | { readonly kind: "call"; readonly name: string; readonly line: number }
  /** From here on any name may be bound: a star import, exec, globals(). */
  | { readonly kind: "anything" };

export interface CellNames {
  readonly events: readonly NameEvent[];
  /** For each function and class of the cell ("" for lambdas), the outer names that its bodies read, with lines. */
  readonly bodies: ReadonlyMap<string, ReadonlyMap<string, number>>;
}

/** A cell about which nothing can be said. */
export const unknownNames: CellNames = { events: [{ kind: "anything" }], bodies: new Map() };

/** Reads a parsed cell; `lineOf` maps its own lines, counted from 1. */
export function readCellNames(root: Node, lineOf: (line: number) => number): CellNames {
  if (root.hasError) return unknownNames;
  const events: NameEvent[] = [];
  const bodies = new Map<string, Map<string, number>>();
  const sink: NameSink = {
    use: (name, row, certain) => events.push({ kind: "use", name, line: lineOf(row + 1), certain }),
    define: (name, row) => events.push({ kind: "define", name, line: lineOf(row + 1) }),
    modify: (name, row) => events.push({ kind: "modify", name, line: lineOf(row + 1) }),
    call: (name, row) => events.push({ kind: "call", name, line: lineOf(row + 1) }),
    anything: () => events.push({ kind: "anything" }),
    body: (owner, free) => {
      const known = bodies.get(owner) ?? new Map<string, number>();
      for (const [name, row] of free) if (!known.has(name)) known.set(name, lineOf(row + 1));
      bodies.set(owner, known);
    },
  };
  visitNames(root, sink);
  return { events, bodies };
}
