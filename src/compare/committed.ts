import type { Comparison, CompareRule, Difference } from "../model/index.ts";
import { different } from "./comparator.ts";
import { compareFile } from "./content.ts";
import { bytes } from "./kinds/bytes.ts";
import { compareNotebookCells, type CellCompared, type CellPart } from "./notebook-cells.ts";
import { ruleFor } from "./rules.ts";
import { printedNumbers, tolerancesOf } from "./tolerance.ts";

export interface CommittedContext {
  readonly command: string;
  readonly rules: readonly CompareRule[];
  readonly workPaths?: readonly string[];
}

/** A file as it was committed, or as a run left it. */
export interface FileState {
  readonly bytes: Uint8Array;
  readonly executable: boolean;
  /** A symbolic link's target is its content. */
  readonly symlink: boolean;
}

/** A committed result and a run, taken apart. */
export interface CommittedParts {
  /** One for each code cell of a notebook with something stored but pictures. */
  readonly cells: readonly Comparison[];
  /** One for each code cell with a picture stored, or given by the run. */
  readonly images: readonly Comparison[];
  /** One for a file that is no notebook. */
  readonly files: readonly Comparison[];
}

/**
 * What the owner stored at `path` (a notebook with its outputs, or a tracked result) against what a run gave; `fresh` is
 * null where the run deleted it. Content counts, and whether the file is a link or may be executed. A notebook gives one
 * comparison for each code cell with something stored, so none at all means nothing to compare. Printed measurements
 * within 1e-6 relative count as "tolerance".
 */
export async function compareCommitted(
  path: string,
  stored: FileState,
  fresh: FileState | null,
  context: CommittedContext,
): Promise<readonly Comparison[]> {
  const pair = readPair(path, stored, fresh, context);
  return (await pair.cells("all")) ?? (await pair.file());
}

/** As compareCommitted, a notebook's pictures apart from what it printed: a cell with both is in `cells` and in `images`. */
export async function compareCommittedParts(
  path: string,
  stored: FileState,
  fresh: FileState | null,
  context: CommittedContext,
): Promise<CommittedParts> {
  const pair = readPair(path, stored, fresh, context);
  const cells = await pair.cells("text");
  if (cells === null) return { cells: [], images: [], files: await pair.file() };
  return { cells, images: (await pair.cells("images")) ?? [], files: [] };
}

interface Pair {
  /** Null where they are not both notebooks. */
  readonly cells: (part: CellPart) => Promise<readonly Comparison[] | null>;
  readonly file: () => Promise<readonly Comparison[]>;
}

function readPair(
  path: string,
  stored: FileState,
  fresh: FileState | null,
  { command, rules, workPaths = [] }: CommittedContext,
): Pair {
  const rule = ruleFor(path, rules);
  const always = (comparisons: readonly Comparison[]): Pair => ({
    cells: async () => null,
    file: async () => comparisons,
  });
  if (rule?.ignore === true) return always([]);
  const places = compareStates(stored, fresh);
  if (fresh === null || places.length > 0) {
    return always([{ output: path, command, ...different(places), comparator: bytes.id }]);
  }
  const settings = { tolerances: [...tolerancesOf(rule), printedNumbers], workPaths, acrossVersions: true };
  const named = ({ cell, outcome }: CellCompared): Comparison => ({
    output: `notebook ${path} cell ${cell}`,
    command,
    ...outcome,
  });
  return {
    cells: async (part) => {
      if (!/\.ipynb$/iu.test(path)) return null;
      const cells = await compareNotebookCells(path, stored.bytes, fresh.bytes, settings, "stored", part);
      return cells?.map(named) ?? null;
    },
    file: async () => [
      { output: path, command, ...(await compareFile(path, stored.bytes, fresh.bytes, settings)) },
    ],
  };
}

/** What differs before the contents are looked at. */
function compareStates(stored: FileState, fresh: FileState | null): Difference[] {
  if (fresh === null) return [{ where: "state", before: "(there)", after: "(deleted)" }];
  const kindOf = ({ symlink }: FileState): string => (symlink ? "symbolic link" : "regular file");
  const modeOf = ({ executable, symlink }: FileState): string =>
    symlink ? "" : executable ? "executable" : "not executable";
  return [
    { where: "kind of file", before: kindOf(stored), after: kindOf(fresh) },
    { where: "mode", before: modeOf(stored), after: modeOf(fresh) },
  ].filter(({ before, after }) => before !== after);
}
