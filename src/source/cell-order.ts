import { definitionsOf, findUnbound, isGiven, needsOf, type FlowCell } from "./name-flow.ts";
import { readNotebookDocument, type NotebookDocument } from "./notebook-document.ts";
import { isPython, readFlow } from "./notebook.ts";

export interface CellOrder {
  /** Indexes into the notebook's list of cells, in the proposed order; Markdown goes with the code cell below it. */
  readonly order: readonly number[];
  /** The notebook with its cells in that order and nothing else changed, byte for byte. */
  readonly text: string;
}

/**
 * An order in which every name is defined before it is used, where the stored order has none and the data flow between
 * cells allows exactly that; else null. Cells that nothing forces to move stay in their order. Where several cells
 * below bind a name, the stored execution counts tell which value was meant; without them nothing is proposed.
 */
export async function proposeCellOrder(path: string, bytes: Uint8Array): Promise<CellOrder | null> {
  const document = readNotebookDocument(path, bytes);
  if ("rule" in document || !isPython(document) || document.positions.length === 0) return null;
  const flow = await flowOf(document);
  const stored = Array.from(flow.keys());
  const broken = findUnbound(flow, stored);
  if (!broken.some((use) => use.certain && use.later.length > 0)) return null;
  const order = sortByNames(document, flow);
  if (order === null) return null;
  const left = findUnbound(flow, order).filter((use) => use.certain || use.later.length > 0);
  if (left.length > 0) return null;
  const cells = withMarkdown(document, order);
  return { order: cells, text: reorder(document, cells) };
}

/** No cells where the parser fails: then there is nothing to propose. */
async function flowOf(document: NotebookDocument): Promise<readonly FlowCell[]> {
  try {
    return (await readFlow(document.cells)).flow;
  } catch {
    return [];
  }
}

/** A topological order of the code cells, nearest to the stored one; null where there is none, or more than a guess. */
function sortByNames(document: NotebookDocument, flow: readonly FlowCell[]): number[] | null {
  const before = flow.map(() => new Set<number>());
  const broken = new Map<number, Set<string>>();
  const definers = new Map<string, number[]>();
  for (const [index, cell] of flow.entries())
    for (const name of definitionsOf(cell)) definers.set(name, [...(definers.get(name) ?? []), index]);
  for (const [index, cell] of flow.entries()) {
    for (const name of needsOf(cell, flow).keys()) {
      const all = definers.get(name) ?? [];
      const later = all.filter((definer) => definer > index);
      if (isGiven(name) || later.length === 0 || all.some((definer) => definer < index)) continue;
      const source = chooseDefiner(document, index, later, name);
      if (source === null) return null;
      before[index]?.add(source);
      broken.set(index, (broken.get(index) ?? new Set()).add(name));
      for (const other of later) if (other > source) before[other]?.add(index);
    }
  }
  const touched = flow.map((cell) => touchedBy(cell, flow));
  for (const [later, its] of touched.entries())
    for (let earlier = 0; earlier < later; earlier += 1)
      for (const [name, changes] of touched[earlier] ?? [])
        if (its.has(name) && (changes || its.get(name) === true) && broken.get(earlier)?.has(name) !== true)
          before[later]?.add(earlier);
  return stableSort(before);
}

/** The cell whose value of a name was meant: the only one, or the last that had run by the stored counts. */
function chooseDefiner(
  document: NotebookDocument,
  user: number,
  later: readonly number[],
  name: string,
): number | null {
  const [only] = later;
  if (later.length === 1) return only ?? null;
  const count = document.cells[user]?.executionCount ?? null;
  const ran = later.flatMap((index) => {
    const at = document.cells[index]?.executionCount ?? null;
    return at !== null && count !== null && at < count ? [{ index, at }] : [];
  });
  const last = ran.reduce<{ index: number; at: number } | null>(
    (best, one) => (best === null || one.at > best.at ? one : best),
    null,
  );
  if (last !== null) return last.index;
  // The same import in several cells is no choice.
  const sources = later.map((index) => document.cells[index]?.source ?? "");
  return isImportOf(sources, name) ? (only ?? null) : null;
}

function isImportOf(sources: readonly string[], name: string): boolean {
  return sources.every((source) =>
    new RegExp(String.raw`^\s*(?:import|from)\b[^\n]*\b${name}\b`, "mu").test(source),
  );
}

/** The names that a cell reads or binds; true for those that it binds or changes. */
function touchedBy(cell: FlowCell, flow: readonly FlowCell[]): Map<string, boolean> {
  const touched = new Map<string, boolean>();
  for (const name of needsOf(cell, flow).keys()) touched.set(name, false);
  for (const event of cell.names.events) if (event.kind === "modify") touched.set(event.name, true);
  for (const name of definitionsOf(cell)) touched.set(name, true);
  return touched;
}

/** Kahn's algorithm, the first cell of the stored order that is free going next; null where there is a circle. */
function stableSort(before: readonly ReadonlySet<number>[]): number[] | null {
  const order: number[] = [];
  const placed = new Set<number>();
  while (order.length < before.length) {
    const next = before.findIndex(
      (needs, index) => !placed.has(index) && Array.from(needs).every((need) => placed.has(need)),
    );
    if (next === -1) return null;
    placed.add(next);
    order.push(next);
  }
  return order;
}

function withMarkdown(document: NotebookDocument, order: readonly number[]): number[] {
  const starts = document.cells.map((_, at) => (document.cells[at - 1]?.index ?? -1) + 1);
  const moved = order.flatMap((code) => {
    const end = document.cells[code]?.index ?? 0;
    const start = starts[code] ?? end;
    return Array.from({ length: end - start + 1 }, (_, step) => start + step);
  });
  const tail = (document.cells[document.cells.length - 1]?.index ?? -1) + 1;
  return [...moved, ...Array.from({ length: document.positions.length - tail }, (_, step) => tail + step)];
}

function reorder(document: NotebookDocument, order: readonly number[]): string {
  const { text, positions } = document;
  const parts: string[] = [];
  let at = 0;
  for (const [slot, position] of positions.entries()) {
    const cell = positions[order[slot] ?? slot];
    parts.push(text.slice(at, position.start), cell === undefined ? "" : text.slice(cell.start, cell.end));
    at = position.end;
  }
  return parts.join("") + text.slice(at);
}
