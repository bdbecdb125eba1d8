import fs from "node:fs";
import path from "node:path";
import type { DistributionModules } from "../../src/environments/index.ts";
import { observeFolder } from "./unpacked.ts";

/**
 * The wheels that a cache of uv holds from the public index, each unpacked: what was built here, or came from elsewhere,
 * lies beside them and is left out. Nothing where the folder is no such cache.
 */
export function* observeUvCache(folder: string): Generator<DistributionModules> {
  for (const kind of namesIn(folder).filter((name) => /^wheels-v\d+$/u.test(name))) {
    const index = path.join(folder, kind, "pypi");
    for (const name of namesIn(index)) {
      for (const wheel of namesIn(path.join(index, name))) {
        const place = path.join(index, name, wheel);
        if (!fs.lstatSync(place).isSymbolicLink() || !fs.existsSync(place)) continue;
        for (const found of observeFolder(fs.realpathSync(place), 0)) if (found.name === name) yield found;
      }
    }
  }
}

function namesIn(folder: string): readonly string[] {
  try {
    return fs.readdirSync(folder);
  } catch {
    return [];
  }
}
