import fs from "node:fs";
import path from "node:path";
import { normaliseName } from "../../src/manifests/index.ts";

export interface Unpacked {
  readonly name: string;
  readonly version: string;
  readonly files: readonly string[];
}

/** The distributions that lie below a folder, by the RECORD of their *.dist-info. */
export function* observeFolder(folder: string, depth = 8): Generator<Unpacked> {
  let entries: fs.Dirent[] = [];
  try {
    entries = fs.readdirSync(folder, { withFileTypes: true });
  } catch {
    return;
  }
  for (const entry of entries.filter((found) => found.isDirectory())) {
    const place = path.join(folder, entry.name);
    const [, name, version] = /^(.+)-([^-]+)\.dist-info$/u.exec(entry.name) ?? [];
    const record = path.join(place, "RECORD");
    if (name !== undefined && version !== undefined) {
      if (!fs.existsSync(record)) continue;
      const files = fs
        .readFileSync(record, "utf8")
        .split("\n")
        .map((line) => line.split(",", 1)[0] ?? "");
      yield { name: normaliseName(name), version, files };
    } else if (
      depth > 0 &&
      (depth > 5 || /^(?:lib|lib64|python3[\d.]*|site-packages|Lib)$/u.test(entry.name))
    )
      yield* observeFolder(place, depth - 1);
  }
}
