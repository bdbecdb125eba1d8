/** For the tests of this room: small notebooks, run from the top. */
import fs from "node:fs";
import path from "node:path";
import { executeCommand } from "./execute.ts";
import type { RunRequest, RunResult } from "./request.ts";
import type { Sample } from "./sample-request.ts";

export interface Cell {
  readonly source: string;
  readonly tags?: readonly string[];
  readonly outputs?: readonly object[];
}

function notebookText(cells: readonly Cell[], metadata: object = {}): string {
  return JSON.stringify({
    nbformat: 4,
    nbformat_minor: 4,
    metadata,
    cells: cells.map(({ source, tags, outputs = [] }) => ({
      cell_type: "code",
      execution_count: 7,
      metadata: tags === undefined ? {} : { tags },
      outputs,
      source: [source],
    })),
  });
}

/** Runs a notebook of these cells in a folder of the sample's project. */
export async function runSampleNotebook(
  sample: Sample,
  cells: readonly Cell[],
  more: Partial<RunRequest>,
  command: Partial<RunRequest["command"]> = {},
): Promise<RunResult> {
  fs.mkdirSync(path.join(sample.root, "notebooks"), { recursive: true });
  fs.writeFileSync(path.join(sample.root, "notebooks/a.ipynb"), notebookText(cells));
  return executeCommand(sample.request({ kind: "notebook", run: "notebooks/a.ipynb", ...command }, more));
}

export interface Executed {
  readonly metadata: Record<string, unknown>;
  readonly cells: readonly {
    readonly metadata: Record<string, unknown>;
    readonly execution_count: number | null;
    readonly outputs: readonly { readonly text?: string; readonly ename?: string }[];
  }[];
}

export function executedNotebook(sample: Sample, result: RunResult): Executed {
  return JSON.parse(sample.text(result, "notebooks/a.ipynb", "notebook")) as Executed;
}
