import { compareCellOutputs } from "../cell-outputs.ts";
import { combine } from "../cell-data.ts";
import {
  defineComparator,
  different,
  normalised,
  placedIn,
  type CompareOptions,
  type Result,
} from "../comparator.ts";
import { differenceAt } from "../excerpt.ts";
import type { ExactJson } from "../formats/exact-json.ts";
import { readNotebook, type Notebook, type NotebookCell } from "../formats/notebook.ts";
import { compareJsonValues } from "../json-values.ts";
import { decodeText } from "../text-encoding.ts";

/** Notebook files (nbformat 3 and 4): sources, outputs and metadata, without counts, ids and times of execution. */
export const notebook = defineComparator({
  id: "notebook",
  matches: (path) => /\.ipynb$/iu.test(path),
  compare: async (before, after, options) => {
    const [left, right] = [decodeText(before), decodeText(after)];
    const [one, other] = [
      left === null ? null : readNotebook(left),
      right === null ? null : readNotebook(right),
    ];
    return one === null || other === null ? null : compareNotebooks(one, other, options);
  },
});

async function compareNotebooks(one: Notebook, other: Notebook, options: CompareOptions): Promise<Result> {
  const results: Result[] = [
    // Counts, ids and times: what is left when all that follows is equal.
    normalised(["notebook-bookkeeping"]),
    compareMetadata("metadata", withoutTimes(one.metadata), withoutTimes(other.metadata)),
    compareMetadata("attachments", one.attachments, other.attachments),
  ];
  for (let index = 0; index < Math.max(one.cells.length, other.cells.length); index += 1) {
    const result = await compareCells(one.cells[index], other.cells[index], options);
    results.push(placedIn(`cell ${index + 1}, `, result));
  }
  return combine(results);
}

async function compareCells(
  one: NotebookCell | undefined,
  other: NotebookCell | undefined,
  options: CompareOptions,
): Promise<Result> {
  if (one === undefined || other === undefined || one.kind !== other.kind || one.source !== other.source) {
    return different([
      differenceAt("source", one?.source ?? "(no such cell)", other?.source ?? "(no such cell)"),
    ]);
  }
  return combine([
    compareMetadata("metadata", withoutTimes(one.metadata), withoutTimes(other.metadata)),
    await compareCellOutputs(one.outputs, other.outputs, options),
  ]);
}

function compareMetadata(where: string, one: ExactJson, other: ExactJson): Result {
  return placedIn(`${where} `, compareJsonValues(one, other, [], "as values"));
}

// nbclient's and JupyterLab's times of execution, and Papermill's.
const times = new Set(["execution", "papermill", "ExecuteTime"]);

function withoutTimes(metadata: ReadonlyMap<string, ExactJson>): ExactJson {
  return new Map([...metadata].filter(([key]) => !times.has(key)));
}
