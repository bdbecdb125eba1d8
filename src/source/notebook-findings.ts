import { makeFinding, type Finding } from "../model/index.ts";
import type { Unbound } from "./name-flow.ts";
import type { StoredCell } from "./notebook-document.ts";

const label = (cell: StoredCell): string =>
  `code cell ${cell.number}${cell.executionCount === null ? "" : ` (In [${cell.executionCount}])`}`;
const lineOf = (cell: StoredCell): { line?: number } => {
  const [line] = cell.lines;
  return line === undefined ? {} : { line };
};
const listed = (cells: readonly StoredCell[]): string => {
  const numbers = cells.slice(0, 8).map((cell) => cell.number);
  const more = cells.length > 8 ? ` and ${cells.length - 8} more` : "";
  return `code cell${cells.length === 1 ? "" : "s"} ${numbers.join(", ")}${more}`;
};
const isBlank = (cell: StoredCell): boolean => /^(\s*(#.*)?\n)*\s*(#.*)?$/u.test(cell.source);

/** Cells whose counts say that they were run in another order than they stand in. */
export function executionOrder(file: string, cells: readonly StoredCell[]): Finding[] {
  const run = cells.filter((cell) => cell.executionCount !== null);
  const places = run.slice(1).filter((cell, index) => {
    const before = run[index]?.executionCount ?? 0;
    return (cell.executionCount ?? 0) <= before;
  });
  const [first] = places;
  if (first === undefined) return [];
  const before = run[run.indexOf(first) - 1];
  const more = places.length === 1 ? "" : `; ${places.length} cells stand out of order`;
  return [
    makeFinding(
      "notebook-execution-order",
      "warning",
      before?.executionCount === first.executionCount
        ? `${label(first)} and ${before === undefined ? "the cell above it" : label(before)}, which stands above it, were not run in one session from the top${more}`
        : `${label(first)} was run before ${before === undefined ? "the cell above it" : label(before)}, which stands above it${more}`,
      {
        file,
        ...lineOf(first),
        why: "the stored outputs come from an order that a run from the top does not follow",
        fix: "restart the kernel, run all cells from the top, and save",
      },
    ),
  ];
}

/** Notebooks that were never run, and cells that were left out when the others were. */
export function neverRun(file: string, cells: readonly StoredCell[]): Finding[] {
  const withCode = cells.filter((cell) => !isBlank(cell));
  const missed = withCode.filter((cell) => cell.executionCount === null && !cell.hasOutputs);
  const [first] = missed;
  if (first === undefined) return [];
  const all = missed.length === withCode.length;
  if (!all && withCode.every((cell) => cell.executionCount === null)) return [];
  return [
    makeFinding(
      "notebook-never-run",
      all ? "info" : "warning",
      all
        ? "the notebook is stored without having been run, or with its outputs cleared"
        : `${listed(missed)} ${missed.length === 1 ? "was" : "were"} never run, though others were`,
      {
        file,
        ...lineOf(first),
        why: all
          ? "there are no stored outputs to compare a run with"
          : "a run from the top executes these cells too, so it may end elsewhere than the stored outputs",
        fix: "restart the kernel, run all cells from the top, and save",
      },
    ),
  ];
}

/** Cells whose stored outputs cannot come from the code that stands there. */
export function editedAfterRun(file: string, cells: readonly StoredCell[]): Finding[] {
  const counted = cells.some((cell) => cell.executionCount !== null);
  const results = cells.flatMap((cell) => cell.resultCounts.slice(0, 1));
  // Some tools write the same count into every result; that says nothing.
  const distinct = new Set(results).size === results.length;
  const edited = cells.filter((cell) => {
    if (!cell.hasOutputs) return false;
    if (isBlank(cell)) return true;
    if (cell.executionCount === null) return counted;
    return distinct && cell.resultCounts.some((count) => count !== cell.executionCount);
  });
  const [first] = edited;
  if (first === undefined) return [];
  return [
    makeFinding(
      "notebook-edited-after-run",
      "warning",
      `${listed(edited)} ${edited.length === 1 ? "was" : "were"} changed after the stored outputs were made`,
      {
        file,
        ...lineOf(first),
        why: "the outputs shown are not those of the code shown",
        fix: "restart the kernel, run all cells from the top, and save",
      },
    ),
  ];
}

/** Names that are used where nothing above binds them. */
export function unboundNames(
  file: string,
  cells: readonly StoredCell[],
  unbound: readonly Unbound[],
): Finding[] {
  return unbound.flatMap((use) => {
    const cell = cells[use.at];
    if (cell === undefined) return [];
    const definer = cells[use.later[0] ?? -1];
    const severity = use.certain ? "error" : "warning";
    if (definer !== undefined)
      return [
        makeFinding(
          "notebook-name-before-definition",
          severity,
          `${label(cell)} uses "${use.name}", which only ${label(definer)}, below it, defines`,
          {
            file,
            line: use.line,
            why: "run from the top, the cell fails with a NameError",
            fix: `move the definition of "${use.name}" above code cell ${cell.number}`,
          },
        ),
      ];
    return [
      makeFinding(
        "notebook-undefined-name",
        severity,
        `${label(cell)} uses "${use.name}"${use.inBody ? " in a function" : ""}, which no cell defines${use.inBody ? "" : " before"}`,
        {
          file,
          line: use.line,
          why: "its definition was probably in a cell that was deleted or changed; run from the top, this is a NameError",
          fix: `define or import "${use.name}" in a cell above code cell ${cell.number}`,
        },
      ),
    ];
  });
}
