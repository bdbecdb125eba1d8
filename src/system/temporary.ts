import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { removeTree, writeFailure } from "./files.ts";

const open = new Set<string>();

/** A new empty folder that goes when it is disposed of, or when Rung ends in any way that it can see. */
export function temporaryDirectory(
  label: string,
  parent: string = os.tmpdir(),
): { readonly path: string; [Symbol.dispose](): void } {
  let directory: string;
  try {
    directory = fs.mkdtempSync(path.join(fs.realpathSync(parent), `rung-${label}-${process.pid}-`));
  } catch (error) {
    throw writeFailure(parent, error);
  }
  open.add(directory);
  return {
    path: directory,
    [Symbol.dispose]() {
      open.delete(directory);
      removeTree(directory);
    },
  };
}

/** Removes every temporary folder still open: for the entry point, on its way out. */
export function removeTemporaries(): void {
  for (const directory of open) removeTree(directory);
  open.clear();
}
