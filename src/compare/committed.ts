import type { Comparison, CompareRule, Difference } from "../model/index.ts";
import { different, type Outcome } from "./comparator.ts";
import { compareFile } from "./content.ts";
import { bytes } from "./kinds/bytes.ts";
import { compareNotebookCells } from "./notebook-cells.ts";
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

/**
 * What the owner stored at `path` (a notebook with its outputs, or a tracked result) against what a run gave; `fresh` is
 * null where the run deleted it. Content counts, and whether the file is a link or may be executed. A notebook gives one comparison for each code cell with something stored, so none at
 * all means nothing to compare. Printed measurements within 1e-6 relative count as "tolerance".
 */
export async function compareCommitted(
  path: string,
  stored: FileState,
  fresh: FileState | null,
  context: CommittedContext,
): Promise<readonly Comparison[]> {
  const rule = ruleFor(path, context.rules);
  if (rule?.ignore === true) return [];
  const { command } = context;
  const places = compareStates(stored, fresh);
  if (fresh === null || places.length > 0) {
    return [{ output: path, command, ...different(places), comparator: bytes.id }];
  }
  const tolerances = [...tolerancesOf(rule), printedNumbers];
  const settings = { tolerances, workPaths: context.workPaths ?? [] };
  if (/\.ipynb$/iu.test(path)) {
    const cells = await compareNotebookCells(path, stored.bytes, fresh.bytes, settings, "stored");
    const named = (cell: number, outcome: Outcome): Comparison => ({
      output: `notebook ${path} cell ${cell}`,
      command,
      ...outcome,
    });
    if (cells !== null) return cells.map(({ cell, outcome }) => named(cell, outcome));
  }
  return [{ output: path, command, ...(await compareFile(path, stored.bytes, fresh.bytes, settings)) }];
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
