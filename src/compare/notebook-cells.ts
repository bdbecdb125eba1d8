import { compareCellOutputs, countedOutputs } from "./cell-outputs.ts";
import { different, type CompareOptions, type Outcome, type Result } from "./comparator.ts";
import { isTooLarge, optionsFor, type Settings } from "./content.ts";
import { differenceAt } from "./excerpt.ts";
import type { ExactJson } from "./formats/exact-json.ts";
import { readNotebook, textOf, type CellOutput, type NotebookCell } from "./formats/notebook.ts";
import { notebook } from "./kinds/notebook.ts";
import { isImageForm } from "./cell-data.ts";
import { decodeText } from "./text-encoding.ts";

/** What of each cell is looked at: all it put out, or its images apart from the rest. */
export type CellPart = "all" | "text" | "images";

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
  part: CellPart = "all",
): Promise<readonly CellCompared[] | null> {
  if (isTooLarge(before, after)) return null;
  const [wholeLeft, wholeRight] = [codeCells(before), codeCells(after)];
  if (wholeLeft === null || wholeRight === null) return null;
  // A notebook whose outputs were all stripped before it was stored says nothing of any cell.
  if (first === "stored" && wholeLeft.every(isNothing)) return [];
  const [left, right] = [partOf(wholeLeft, part), partOf(wholeRight, part)];
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

function partOf(cells: readonly NotebookCell[], part: CellPart): readonly NotebookCell[] {
  if (part === "all") return cells;
  return cells.map((cell) => ({ ...cell, outputs: cell.outputs.flatMap((output) => formsOf(output, part)) }));
}

/** The output with its images alone, or without them; none where nothing of it is left. */
function formsOf(output: CellOutput, part: "text" | "images"): readonly CellOutput[] {
  if (output.type !== "data") return part === "text" ? [output] : [];
  const forms = [...output.data];
  const isPicture = forms.some(([type]) => isImageForm(type));
  const data = new Map(
    forms.filter(([type, value]) =>
      part === "images" ? isImageForm(type) : !isImageForm(type) && !(isPicture && isCaption(type, value)),
    ),
  );
  return data.size === 0 && output.data.size > 0 ? [] : [{ ...output, data }];
}

// Of what size the picture was drawn depends on the backend; it is the picture's, and is compared with it.
const figure =
  /^<(?:matplotlib\.figure\.)?Figure (?:size [\d.]+x[\d.]+ with \d+ Axes|at 0x[\dA-Fa-f]{6,16})>$/u;

/** What stands for a Matplotlib figure where it cannot be shown: it says nothing that the picture does not. */
function isCaption(type: string, value: ExactJson): boolean {
  return type === "text/plain" && figure.test(textOf(value).trim());
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
