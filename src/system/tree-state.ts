import fs from "node:fs";
import { createHash } from "node:crypto";

/**
 * A digest of what a folder holds, cheap enough to be asked for at each start (20,000 files in under 100 ms): paths,
 * sizes and times of files, and of compiled Python the names alone. No content is read and no link followed; what
 * cannot be listed counts as empty.
 */
export function treeState(root: string): string {
  const hash = createHash("sha256");
  const visit = (directory: string, relative: string): void => {
    const isCompiled = relative.endsWith("/__pycache__");
    for (const entry of namesIn(directory)) {
      const path = `${directory}/${entry.name}`;
      const state = entry.isDirectory() || isCompiled ? "" : stateOf(path);
      hash.update(`${relative}/${entry.name}\0${state}\n`);
      if (entry.isDirectory()) visit(path, `${relative}/${entry.name}`);
    }
  };
  visit(root, "");
  return hash.digest("hex");
}

function namesIn(directory: string): fs.Dirent[] {
  try {
    return fs.readdirSync(directory, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  } catch {
    return [];
  }
}

function stateOf(path: string): string {
  const stat = fs.lstatSync(path, { throwIfNoEntry: false });
  return stat === undefined ? "" : `${stat.mode} ${stat.size} ${stat.mtimeMs}`;
}
