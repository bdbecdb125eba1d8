import { makeFinding, type Finding } from "../model/index.ts";
import { linesOf, locateCells, type CellPosition } from "./json-positions.ts";

/** Above this a notebook is not read: 64 MiB, nearly all of it outputs. */
export const notebookLimitBytes = 64 << 20;

/** One code cell as stored. */
export interface StoredCell {
  readonly number: number;
  readonly index: number;
  readonly source: string;
  readonly executionCount: number | null;
  /** Counts that its stored results carry. */
  readonly resultCounts: readonly number[];
  readonly hasOutputs: boolean;
  /** The exception's name where the stored output is an error. */
  readonly storedError: string | null;
  readonly tags: readonly string[];
  /** Line of the .ipynb file for each line of the source; empty where unknown. */
  readonly lines: readonly number[];
}

export interface NotebookDocument {
  readonly text: string;
  readonly cells: readonly StoredCell[];
  readonly positions: readonly CellPosition[];
  readonly kernelName: string | null;
  readonly language: string | null;
  readonly pythonVersion: string | null;
}

type Json = Readonly<Record<string, unknown>>;

/** The notebook in `bytes` (nbformat 3 and 4), or the finding that says why it cannot be read. Never throws. */
export function readNotebookDocument(path: string, bytes: Uint8Array): NotebookDocument | Finding {
  if (bytes.length > notebookLimitBytes) return notebookTooLarge(path, bytes.length);
  const raw = new TextDecoder("utf-8").decode(bytes);
  let value: unknown;
  try {
    value = JSON.parse(raw);
  } catch (error) {
    return unreadable(path, error instanceof Error ? error.message.slice(0, 200) : "not JSON", raw);
  }
  if (!isRecord(value)) return unreadable(path, "it is not a JSON object", "");
  const format = value["nbformat"];
  if (typeof format === "number" && format > 4)
    return unreadable(path, `nbformat ${format} is not known`, "");
  const isCurrent = Array.isArray(value["cells"]);
  const stored = isCurrent
    ? listOf(value["cells"])
    : listOf(value["worksheets"]).flatMap((sheet) => listOf(sheet["cells"]));
  if (!isCurrent && !Array.isArray(value["worksheets"])) return unreadable(path, "it has no cells", "");
  const positions = isCurrent ? locateCells(raw) : [];
  const lines = sourceLines(raw, positions);
  const cells: StoredCell[] = [];
  for (const [index, cell] of stored.entries()) {
    if (cell["cell_type"] !== "code") continue;
    cells.push(readCell(cell, cells.length + 1, index, lines[index] ?? []));
  }
  const metadata = recordOf(value["metadata"]);
  const kernel = recordOf(metadata["kernelspec"]);
  const info = recordOf(metadata["language_info"]);
  const language =
    textOf(info["name"]) ?? textOf(kernel["language"]) ?? languageOfKernel(textOf(kernel["name"]));
  return {
    text: raw,
    cells,
    positions,
    kernelName: textOf(kernel["name"]),
    language,
    pythonVersion: language === "python" ? textOf(info["version"]) : null,
  };
}

/** The finding on a notebook that is not read for its size in bytes. */
export function notebookTooLarge(path: string, size: number): Finding {
  return makeFinding(
    "notebook-too-large",
    "warning",
    `the notebook is ${Math.round(size / 1e6)} MB large and was not read`,
    {
      file: path,
      why: "what it imports and in which order its cells run is unknown",
      fix: "clear the large outputs, or write them to files",
    },
  );
}

function unreadable(path: string, reason: string, raw: string): Finding {
  const offset = Number(/position (\d+)/u.exec(reason)?.[1] ?? Number.NaN);
  return makeFinding("notebook-unreadable", "error", `the notebook cannot be read: ${reason}`, {
    file: path,
    ...(Number.isNaN(offset) ? {} : { line: linesOf(raw, [offset])[0] ?? null }),
    why: "a notebook that is not valid JSON in the notebook format cannot run",
    fix: "restore it from version control, or open and save it in Jupyter",
  });
}

function readCell(cell: Json, number: number, index: number, lines: readonly number[]): StoredCell {
  const outputs = listOf(cell["outputs"]);
  const error = outputs.find(
    (output) => output["output_type"] === "error" || output["output_type"] === "pyerr",
  );
  return {
    number,
    index,
    source: joined(cell["source"] ?? cell["input"]),
    executionCount: countOf(cell["execution_count"] ?? cell["prompt_number"]),
    resultCounts: outputs.flatMap((output) => countOf(output["execution_count"]) ?? []),
    hasOutputs: outputs.length > 0,
    storedError: error === undefined ? null : (textOf(error["ename"]) ?? "error"),
    tags: Array.isArray(recordOf(cell["metadata"])["tags"])
      ? (recordOf(cell["metadata"])["tags"] as unknown[]).filter((tag) => typeof tag === "string")
      : [],
    lines,
  };
}

/** For each cell the lines of the file on which the lines of its source stand. */
function sourceLines(raw: string, positions: readonly CellPosition[]): number[][] {
  const offsets = positions.flatMap((cell) =>
    cell.sourceItems.length > 0 ? cell.sourceItems : [Math.max(cell.sourceStart, cell.start)],
  );
  const lines = linesOf(raw, offsets);
  let at = 0;
  return positions.map((cell) => {
    const count = Math.max(cell.sourceItems.length, 1);
    at += count;
    return lines.slice(at - count, at);
  });
}

function joined(source: unknown): string {
  if (Array.isArray(source)) return source.filter((line) => typeof line === "string").join("");
  return textOf(source) ?? "";
}

function languageOfKernel(name: string | null): string | null {
  return name !== null && name.startsWith("python") ? "python" : null;
}

const isRecord = (value: unknown): value is Json =>
  typeof value === "object" && value !== null && !Array.isArray(value);
const recordOf = (value: unknown): Json => (isRecord(value) ? value : {});
const listOf = (value: unknown): readonly Json[] => (Array.isArray(value) ? value.filter(isRecord) : []);
const textOf = (value: unknown): string | null => (typeof value === "string" ? value : null);
const countOf = (value: unknown): number | null => (typeof value === "number" ? value : null);
