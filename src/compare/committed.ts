import type { Comparison, CompareRule } from "../model/index.ts";
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

/**
 * What the owner stored at `path` (a notebook with its outputs, or a tracked result) against what a run gave; `fresh` is
 * null where the run deleted it. A notebook gives one comparison for each code cell with something stored, so none at
 * all means nothing to compare. Printed measurements within 1e-6 relative count as "tolerance".
 */
export async function compareCommitted(
  path: string,
  stored: Uint8Array,
  fresh: Uint8Array | null,
  context: CommittedContext,
): Promise<readonly Comparison[]> {
  const rule = ruleFor(path, context.rules);
  if (rule?.ignore === true) return [];
  const { command } = context;
  if (fresh === null) {
    const gone = different([{ where: "state", before: "(there)", after: "(deleted)" }]);
    return [{ output: path, command, ...gone, comparator: bytes.id }];
  }
  const tolerances = [...tolerancesOf(rule), printedNumbers];
  const settings = { tolerances, workPaths: context.workPaths ?? [] };
  if (/\.ipynb$/iu.test(path)) {
    const cells = await compareNotebookCells(path, stored, fresh, settings, "stored");
    const named = (cell: number, outcome: Outcome): Comparison => ({
      output: `notebook ${path} cell ${cell}`,
      command,
      ...outcome,
    });
    if (cells !== null) return cells.map(({ cell, outcome }) => named(cell, outcome));
  }
  return [{ output: path, command, ...(await compareFile(path, stored, fresh, settings)) }];
}
