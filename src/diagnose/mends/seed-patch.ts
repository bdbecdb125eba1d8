import type { Tree } from "web-tree-sitter";
import type { Change } from "../../model/index.ts";
import { loadPythonParser } from "../../source/index.ts";
import { joinPath, lookUp, readBytes } from "../../system/index.ts";
import { applied, piecesOf, textOf } from "./propose-mends.ts";
import { seedEdit, type SharedGenerator } from "./seed-lines.ts";

/**
 * What `rung run --seed` does from outside, as a change to the code: the generators are seeded after the imports of each
 * file (a command's script or notebook). Files that are not there, or cannot be read, are left out.
 */
export async function seedChanges(
  root: string,
  files: readonly string[],
  generators: readonly SharedGenerator[],
  seed: number,
): Promise<Change[]> {
  const parser = await loadPythonParser();
  const changes: Change[] = [];
  for (const path of files) {
    const found = lookUp(joinPath(root, path));
    if (found?.isFile !== true) continue;
    const bytes = readBytes(found.realPath);
    const trees: Tree[] = [];
    const pieces = piecesOf(parser, path, bytes, trees);
    const edit = seedEdit(pieces, generators, seed);
    const after = edit === null ? null : applied(parser, path, bytes, [edit]);
    for (const tree of trees) tree.delete();
    const why = "Each run draws the same numbers.";
    if (after !== null) changes.push({ path, before: textOf(bytes), after, why });
  }
  return changes;
}
