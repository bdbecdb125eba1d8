import { JsonNumber, parseExactJson, type ExactJson } from "./exact-json.ts";

type Fields = ReadonlyMap<string, ExactJson>;

/** One output of a cell. For an error `name` is its class and `text` its message; tracebacks are left out. */
export type CellOutput =
  | { readonly type: "stream"; readonly name: string; readonly text: string }
  | { readonly type: "error"; readonly name: string; readonly text: string }
  | { readonly type: "data"; readonly result: boolean; readonly data: ReadonlyMap<string, ExactJson> };

export interface NotebookCell {
  readonly kind: string;
  readonly source: string;
  /** False where the notebook says of a code cell that it was not run. */
  readonly executed: boolean;
  readonly outputs: readonly CellOutput[];
  readonly metadata: Fields;
}

export interface Notebook {
  readonly cells: readonly NotebookCell[];
  readonly metadata: Fields;
  readonly attachments: ExactJson;
}

/** A notebook of nbformat 3 or 4; null where the text is none. What is not understood in it is read as empty. */
export function readNotebook(text: string): Notebook | null {
  const parsed = parseExactJson(text);
  if (parsed === null || !isFields(parsed.value)) return null;
  const root = parsed.value;
  const sheets = list(root.get("worksheets"));
  const cells = root.has("cells")
    ? root.get("cells")
    : sheets.flatMap((sheet) => list(fields(sheet).get("cells")));
  if (!Array.isArray(cells)) return null;
  const read = list(cells).map((cell) => fields(cell));
  return {
    cells: read.map(readCell),
    metadata: fields(root.get("metadata")),
    attachments: read.map((cell) => cell.get("attachments") ?? null),
  };
}

function readCell(cell: Fields): NotebookCell {
  const count = cell.get("execution_count") ?? cell.get("prompt_number");
  return {
    kind: textOf(cell.get("cell_type")),
    source: textOf(cell.get("source") ?? cell.get("input")),
    executed: count instanceof JsonNumber,
    outputs: list(cell.get("outputs")).map((output) => readOutput(fields(output))),
    metadata: fields(cell.get("metadata")),
  };
}

function readOutput(output: Fields): CellOutput {
  const type = textOf(output.get("output_type"));
  if (type === "stream") {
    const name = textOf(output.get("name") ?? output.get("stream")) || "stdout";
    return { type: "stream", name, text: textOf(output.get("text")) };
  }
  if (type === "error" || type === "pyerr") {
    return { type: "error", name: textOf(output.get("ename")), text: textOf(output.get("evalue")) };
  }
  const data = isFields(output.get("data")) ? fields(output.get("data")) : oldData(output);
  return { type: "data", result: type === "execute_result" || type === "pyout", data };
}

const oldNames: ReadonlyMap<string, string> = new Map([
  ["text", "text/plain"],
  ["html", "text/html"],
  ["latex", "text/latex"],
  ["svg", "image/svg+xml"],
  ["png", "image/png"],
  ["jpeg", "image/jpeg"],
  ["json", "application/json"],
  ["javascript", "application/javascript"],
]);

/** nbformat 3 keeps the data beside the other keys, under short names. */
function oldData(output: Fields): Fields {
  const found = [...oldNames].flatMap(([short, mime]): [string, ExactJson][] => {
    const value = output.get(short);
    return value === undefined ? [] : [[mime, value]];
  });
  return new Map(found);
}

function isFields(value: ExactJson | undefined): value is Fields {
  return value instanceof Map;
}

function fields(value: ExactJson | undefined): Fields {
  return isFields(value) ? value : new Map();
}

function list(value: ExactJson | undefined): readonly ExactJson[] {
  return Array.isArray(value) ? value : [];
}

/** A text of the notebook format: one string, or a list of its lines. */
export function textOf(value: ExactJson | undefined): string {
  if (typeof value === "string") return value;
  return list(value)
    .map((part) => (typeof part === "string" ? part : ""))
    .join("");
}
