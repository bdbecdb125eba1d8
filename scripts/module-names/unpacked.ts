import fs from "node:fs";
import path from "node:path";
import { installedEntries, modulesOfEntry, type DistributionModules } from "../../src/environments/index.ts";

/** The distributions that lie below a folder, by the RECORD of their *.dist-info. */
export function* observeFolder(folder: string, depth = 8): Generator<DistributionModules> {
  for (const one of installedEntries(folder)) {
    if (!fs.existsSync(path.join(folder, one.entry, "RECORD"))) continue;
    yield { name: one.name, version: one.version, modules: modulesOfEntry(folder, one) };
  }
  if (depth === 0) return;
  for (const name of foldersIn(folder)) {
    if (name.endsWith(".dist-info")) continue;
    if (depth > 6 || /^(?:lib|lib64|python3[\d.]*|site-packages|Lib)$/u.test(name))
      yield* observeFolder(path.join(folder, name), depth - 1);
  }
}

function foldersIn(folder: string): readonly string[] {
  try {
    const entries = fs.readdirSync(folder, { withFileTypes: true });
    return entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
  } catch {
    return [];
  }
}
