import path from "node:path";
import { normaliseName } from "../../manifests/index.ts";
import { exists, listNames, readText } from "../../system/index.ts";
import { modulesOfFiles } from "./modules-of-files.ts";

/** What one distribution says that it brings. */
export interface DistributionModules {
  /** Normalised as PEP 503 says. */
  readonly name: string;
  /** "" where its folder does not tell. */
  readonly version: string;
  /** Top-level names ("yaml"), and dotted ones of what lies in namespace packages ("google.cloud.storage"). */
  readonly modules: readonly string[];
}

/** One *.dist-info or *.egg-info of a site-packages folder. */
export interface InstalledEntry extends Omit<DistributionModules, "modules"> {
  /** The name of its folder or file. */
  readonly entry: string;
}

/** The distributions of a site-packages folder, by the names that lie in it. */
export function installedEntries(folder: string): readonly InstalledEntry[] {
  return listNames(folder).flatMap((entry) => {
    const match = /^(.+?)(?:-([^-]+)(?:-py[\d.]+[^/]*)?)?\.(?:dist|egg)-info$/u.exec(entry);
    return match?.[1] === undefined
      ? []
      : [{ name: normaliseName(match[1]), version: match[2] ?? "", entry }];
  });
}

/**
 * The modules of one of them, by the files that it says it installed: RECORD (PEP 376), else installed-files.txt; and
 * top_level.txt where these name none, as of an editable installation. Nothing is imported; what is not there is empty.
 */
export function modulesOfEntry(folder: string, { entry }: InstalledEntry): readonly string[] {
  const text = (name: string): string | null => {
    const file = path.join(folder, entry, name);
    return exists(file) ? readText(file) : null;
  };
  const record = text("RECORD");
  const listed =
    record === null
      ? (text("installed-files.txt") ?? "").split("\n").map((line) => line.trim().replace(/^\.\.\//u, ""))
      : record.split("\n").map((line) => pathInRecord(line));
  const modules = modulesOfFiles(listed);
  return modules.length > 0 ? modules : topLevelNames(text("top_level.txt") ?? "");
}

/** The names in a top_level.txt of setuptools. */
export function topLevelNames(text: string): readonly string[] {
  return text
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => /^[A-Za-z_]\w*$/u.test(line));
}

/** The path of a line of RECORD (CSV: path, hash, size). */
function pathInRecord(line: string): string {
  const quoted = /^"((?:[^"]|"")*)"/u.exec(line)?.[1];
  return quoted === undefined ? (line.split(",", 1)[0] ?? "") : quoted.replaceAll('""', '"');
}
