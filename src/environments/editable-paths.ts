import path from "node:path";
import { exists, listNames, readText, realPath, removeTree, writeAtomic } from "../system/index.ts";

/**
 * Lets what is installed as editable (`-e .`) be found where the tree will be for the commands: an editable install is
 * a note of its path, in a .pth file or in a module that such a file starts (PEP 660).
 */
export function moveEditablePaths(
  sitePackages: readonly string[],
  { from, to }: { readonly from: string; readonly to: string },
): void {
  for (const folder of sitePackages) {
    const names = listNames(folder);
    const notes = names.filter((name) => name.endsWith(".pth") || /^_+editable_.*\.py$/u.test(name));
    const origins = names.map((name) => path.join(name, "direct_url.json"));
    for (const name of [...notes, ...origins]) moveIn(path.join(folder, name), from, to);
    const compiled = path.join(folder, "__pycache__");
    for (const name of listNames(compiled)) {
      if (/^_+editable_/u.test(name)) removeTree(path.join(compiled, name));
    }
  }
}

function moveIn(file: string, from: string, to: string): void {
  if (!exists(file)) return;
  const text = readText(file);
  const moved = text.replaceAll(realPath(from) ?? from, to).replaceAll(from, to);
  if (moved !== text) writeAtomic(file, moved);
}
