import type { Run } from "../../model/index.ts";
import type { Store } from "../../store/index.ts";
import { joinPath, readText } from "../../system/index.ts";

interface Cells {
  readonly cells: readonly { source?: unknown }[];
}

/**
 * A run of an instrumented notebook with the cells as their owner wrote them, so that it can be held against runs of the
 * notebook itself: what differs is then what the cells gave. As it is where the two have other cells.
 */
export function withOwnCells(run: Run, root: string, blobs: Store["blobs"]): Run {
  const outputs = run.outputs.map((output) => {
    if (output.kind !== "notebook" || output.digest === null) return output;
    const executed = cellsOf(() => blobs.read(output.digest ?? "").toString("utf8"));
    const own = cellsOf(() => readText(joinPath(root, output.path)));
    if (executed === null || own === null || executed.cells.length !== own.cells.length) return output;
    for (const [index, cell] of executed.cells.entries()) cell.source = own.cells[index]?.source;
    const bytes = Buffer.from(JSON.stringify(executed));
    return { ...output, digest: blobs.put(bytes), size: bytes.length };
  });
  return { ...run, outputs };
}

function cellsOf(read: () => string): Cells | null {
  try {
    const notebook = JSON.parse(read()) as Cells;
    return Array.isArray(notebook.cells) ? notebook : null;
  } catch {
    return null;
  }
}
