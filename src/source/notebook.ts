import type { Finding } from "../model/index.ts";
import { readCellNames, unknownNames, type CellNames } from "./cell-names.ts";
import { createFactCollector } from "./fact-collector.ts";
import {
  emptyPythonFacts,
  parserGaveUp,
  type CellFacts,
  type NotebookFacts,
  type PythonFacts,
} from "./facts.ts";
import { plainCell, type PlainCell } from "./magics.ts";
import { definitionsOf, findUnbound, needsOf, type FlowCell } from "./name-flow.ts";
import { readNotebookDocument, type NotebookDocument, type StoredCell } from "./notebook-document.ts";
import { editedAfterRun, executionOrder, neverRun, unboundNames } from "./notebook-findings.ts";
import { loadPythonParser } from "./python-parser.ts";

/**
 * What a Jupyter notebook says (nbformat 3 and 4), without running it. `path` is what findings name. Never throws: what
 * cannot be read is a finding. Lines are those of the .ipynb file where it stores one string a line, as Jupyter does.
 */
export async function readNotebook(path: string, bytes: Uint8Array): Promise<NotebookFacts> {
  const document = readNotebookDocument(path, bytes);
  if ("rule" in document) return notebookWithFinding(document);
  try {
    return await readCells(path, document);
  } catch (error) {
    return { ...emptyNotebook(document, []), python: parserGaveUp(error) };
  }
}

/** Facts of a notebook of which nothing is known but the finding. */
export function notebookWithFinding(finding: Finding): NotebookFacts {
  return {
    ...emptyNotebook({ kernelName: null, language: null, pythonVersion: null }, [finding]),
    python: emptyPythonFacts(finding.message),
  };
}

async function readCells(path: string, document: NotebookDocument): Promise<NotebookFacts> {
  const { cells } = document;
  const stored = [...executionOrder(path, cells), ...neverRun(path, cells), ...editedAfterRun(path, cells)];
  if (!isPython(document)) {
    return { ...emptyNotebook(document, stored), cells: cells.map((cell) => describeCell(cell, null, [])) };
  }
  const { flow, plain, python } = await readFlow(cells);
  const unbound = findUnbound(flow, Array.from(cells.keys()));
  return {
    ...emptyNotebook(document, [...stored, ...unboundNames(path, cells, unbound)]),
    cells: cells.map((cell, index) => describeCell(cell, flow[index] ?? null, flow)),
    python: withMagics(python, cells, plain),
  };
}

/** The facts of the cells with what their magics and shell lines install and run. */
function withMagics(
  python: PythonFacts,
  cells: readonly StoredCell[],
  plain: readonly PlainCell[],
): PythonFacts {
  const placed = <Line extends { readonly line: number }>(lines: (cell: PlainCell) => readonly Line[]) =>
    cells.flatMap((cell, index) => {
      const found = plain[index];
      const all = found === undefined ? [] : lines(found);
      return all.map((item) => ({ ...item, cell: cell.number, line: lineInFile(cell, item.line) }));
    });
  return {
    ...python,
    installs: [...placed((cell) => cell.installs), ...python.installs],
    scripts: [...placed((cell) => cell.scripts), ...python.scripts],
  };
}

/** True where the notebook's code is Python, as it says or, where it says nothing, by default. */
export function isPython(document: NotebookDocument): boolean {
  return document.language === null
    ? document.kernelName === null
    : /^i?python\d?$/iu.test(document.language);
}

/** Parses every cell. */
export async function readFlow(
  cells: readonly StoredCell[],
): Promise<{ flow: readonly FlowCell[]; plain: readonly PlainCell[]; python: PythonFacts }> {
  const collector = createFactCollector(await loadPythonParser());
  const plain = cells.map((cell) => plainCell(cell.source));
  const flow = cells.map((cell, index): FlowCell => {
    const { source, defines, bindsAnything } = plain[index] ?? plainCell("");
    const lineOf = (line: number): number => lineInFile(cell, line);
    let names: CellNames = { events: [], bodies: new Map() };
    if (/\S/u.test(source)) {
      const root = collector.add(source, (line) => ({ line: lineOf(line), cell: cell.number }));
      names = root === null ? unknownNames : readCellNames(root, lineOf);
    }
    return { names, magicNames: defines, bindsAnything, raises: isMeantToFail(cell) };
  });
  return { flow, plain, python: collector.finish() };
}

const isMeantToFail = (cell: StoredCell): boolean =>
  cell.storedError !== null || cell.tags.includes("raises-exception");

function lineInFile(cell: StoredCell, line: number): number {
  return cell.lines[line - 1] ?? cell.lines[cell.lines.length - 1] ?? line;
}

function describeCell(cell: StoredCell, own: FlowCell | null, flow: readonly FlowCell[]): CellFacts {
  return {
    number: cell.number,
    index: cell.index,
    line: cell.lines[0] ?? null,
    executionCount: cell.executionCount,
    hasOutputs: cell.hasOutputs,
    raises: isMeantToFail(cell),
    tags: cell.tags,
    empty: !/^\s*[^#\s]/mu.test(cell.source),
    defines: own === null ? [] : Array.from(definitionsOf(own)).sort(),
    uses: own === null ? [] : Array.from(needsOf(own, flow).keys()).sort(),
  };
}

function emptyNotebook(
  document: Pick<NotebookDocument, "kernelName" | "language" | "pythonVersion">,
  findings: readonly Finding[],
): NotebookFacts {
  const { kernelName, language, pythonVersion } = document;
  return {
    kind: "notebook",
    cells: [],
    kernelName,
    language,
    pythonVersion,
    findings,
    python: emptyPythonFacts(),
  };
}
