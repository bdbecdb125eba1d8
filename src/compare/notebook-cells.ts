import { compareCellOutputs, countedOutputs } from "./cell-outputs.ts";
import { different, type CompareOptions, type Outcome, type Result } from "./comparator.ts";
import { isTooLarge, optionsFor, type Settings } from "./content.ts";
import { differenceAt } from "./excerpt.ts";
import { readNotebook, type NotebookCell } from "./formats/notebook.ts";
import { notebook } from "./kinds/notebook.ts";
import { decodeText } from "./text-encoding.ts";

export interface CellCompared {
  /** Counted over the code cells from 1, as In [N] does when a notebook is run from the top. */
  readonly cell: number;
  readonly outcome: Outcome;
}

/**
 * Two runs of a notebook, or the one that was `stored` and a run, by code cell. Cells that have nothing to compare are
 * left out: no outputs on either side, or, in a stored notebook, never run. Null where a side is no notebook, or one too
 * large to parse.
 */
export async function compareNotebookCells(
  path: string,
  before: Uint8Array,
  after: Uint8Array,
  settings: Settings,
  first: "run" | "stored",
): Promise<readonly CellCompared[] | null> {
  if (isTooLarge(before, after)) return null;
  const [left, right] = [codeCells(before), codeCells(after)];
  if (left === null || right === null) return null;
  // A notebook whose outputs were all stripped before it was stored says nothing of any cell.
  if (first === "stored" && left.every(isNothing)) return [];
  const options = optionsFor(path, settings, 0);
  const compared: CellCompared[] = [];
  for (let index = 0; index < Math.max(left.length, right.length); index += 1) {
    const [one, other] = [left[index], right[index]];
    if (first === "stored" && one !== undefined && isNothing(one) && !one.executed) continue;
    if (isNothing(one) && isNothing(other)) continue;
    const result = await compareCell(one, other, options);
    compared.push({ cell: index + 1, outcome: { ...result, comparator: notebook.id } });
  }
  return compared;
}

function codeCells(bytes: Uint8Array): readonly NotebookCell[] | null {
  const text = decodeText(bytes);
  const notebook = text === null ? null : readNotebook(text);
  return notebook?.cells.filter(({ kind }) => kind === "code") ?? null;
}

function isNothing(cell: NotebookCell | undefined): boolean {
  return cell === undefined || countedOutputs(cell.outputs).length === 0;
}

function compareCell(
  one: NotebookCell | undefined,
  other: NotebookCell | undefined,
  options: CompareOptions,
): Promise<Result> | Result {
  if (one === undefined || other === undefined || one.source !== other.source) {
    return different([
      differenceAt("source", one?.source ?? "(no such cell)", other?.source ?? "(no such cell)"),
    ]);
  }
  return compareCellOutputs(one.outputs, other.outputs, options);
}
