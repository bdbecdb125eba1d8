import type { CellNames, NameEvent } from "./cell-names.ts";
import { builtinNames } from "./standard-library.ts";

/** One use of a name that nothing above it binds. */
export interface Unbound {
  /** Position in the order that was followed. */
  readonly at: number;
  readonly name: string;
  readonly line: number;
  readonly certain: boolean;
  /** Indexes of the cells below that bind it; empty where none does. */
  readonly later: readonly number[];
  /** True where the use is in a function's body, which may never run. */
  readonly inBody: boolean;
}

/** A cell as the flow of names sees it. */
export interface FlowCell {
  readonly names: CellNames;
  /** Names that its magics bind. */
  readonly magicNames: readonly string[];
  readonly bindsAnything: boolean;
  /** True where the cell is meant to fail: what it uses is its own business. */
  readonly raises: boolean;
}

const given = new Set(
  "get_ipython display In Out _ __ ___ _i _ii _iii _ih _oh _dh _sh exit quit __name__ __doc__ __builtins__ __builtin__ __package__ __loader__ __spec__ __session__ __class__ __qualname__ __module__ __annotations__ __dict__".split(
    " ",
  ),
);

/** True for names that IPython or Python itself binds. */
export function isGiven(name: string): boolean {
  return builtinNames.has(name) || given.has(name) || /^_i?\d+$/u.test(name);
}

/** The names that a cell binds, anywhere in it. */
export function definitionsOf(cell: FlowCell): ReadonlySet<string> {
  const defined = cell.names.events.flatMap((event) => (event.kind === "define" ? [event.name] : []));
  return new Set([...defined, ...cell.magicNames]);
}

/**
 * Follows the names through the cells in the order given and returns each first use of a name that is not bound when the
 * cell runs. After a star import, or anything else that may bind any name, nothing is reported any more.
 */
export function findUnbound(cells: readonly FlowCell[], order: readonly number[]): readonly Unbound[] {
  const found: Unbound[] = [];
  const bound = new Set<string>();
  const definitions = cells.map(definitionsOf);
  const everDefined = new Set(definitions.flatMap((names) => Array.from(names)));
  let anything = false;
  const report = (
    event: { name: string; line: number },
    at: number,
    certain: boolean,
    inBody: boolean,
  ): void => {
    if (anything || bound.has(event.name) || isGiven(event.name)) return;
    const later = order.slice(at + 1).filter((index) => definitions[index]?.has(event.name));
    if (inBody && everDefined.has(event.name)) return;
    bound.add(event.name);
    found.push({ at, name: event.name, line: event.line, certain, later, inBody });
  };
  for (const [at, index] of order.entries()) {
    const cell = cells[index];
    if (cell === undefined) continue;
    if (cell.bindsAnything) anything = true;
    for (const name of cell.magicNames) bound.add(name);
    if (!cell.raises)
      for (const event of cell.names.events) {
        if (event.kind === "anything") anything = true;
        else if (event.kind === "define") bound.add(event.name);
        else if (event.kind === "use") report(event, at, event.certain, false);
      }
    for (const name of definitions[index] ?? []) bound.add(name);
    if (cell.names.events.some((event) => event.kind === "anything")) anything = true;
  }
  if (anything) return found;
  for (const [at, index] of order.entries()) {
    const cell = cells[index];
    for (const free of cell?.raises === false ? cell.names.bodies.values() : [])
      for (const [name, line] of free) report({ name, line }, at, false, true);
  }
  return found;
}

/** The outer names that a cell needs when it runs, those of the functions that it calls included. */
export function needsOf(cell: FlowCell, cells: readonly FlowCell[]): ReadonlyMap<string, boolean> {
  const needs = new Map<string, boolean>();
  const own = new Set<string>();
  const add = (name: string, certain: boolean): void => {
    if (!own.has(name) && !isGiven(name)) needs.set(name, (needs.get(name) ?? false) || certain);
  };
  for (const event of cell.names.events) {
    if (event.kind === "define") own.add(event.name);
    if (event.kind === "use") add(event.name, event.certain);
    if (event.kind === "call") for (const name of reachedBy(event, cells)) add(name, false);
  }
  return needs;
}

function reachedBy(call: NameEvent & { kind: "call" }, cells: readonly FlowCell[]): ReadonlySet<string> {
  const reached = new Set<string>();
  const waiting = [call.name];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop())
    for (const cell of cells)
      for (const name of cell.names.bodies.get(next)?.keys() ?? [])
        if (!reached.has(name)) {
          reached.add(name);
          waiting.push(name);
        }
  return reached;
}
