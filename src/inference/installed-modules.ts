import path from "node:path";
import { sitePackagesOf } from "../environments/index.ts";
import { normaliseName } from "../manifests/index.ts";
import type { Environment } from "../model/index.ts";
import { exists, listNames, readText } from "../system/index.ts";
import { condaPackages } from "./conda-packages.ts";
import { pypiName } from "./declared.ts";
import { modulesOfFiles } from "./modules-of-files.ts";

/**
 * Distributions by the module that they bring, sorted by name: top-level names ("yaml"), and the dotted names of what
 * lies in namespace packages ("google.cloud.storage"). Distributions are normalised as PEP 503 says.
 */
export type InstalledModules = ReadonlyMap<string, readonly string[]>;

/**
 * What each module of an environment comes from, by the files that its distributions say they installed: RECORD of
 * *.dist-info, installed-files.txt and top_level.txt of *.egg-info, and conda-meta for what has neither. What cannot be
 * read counts as bringing nothing; nothing is imported.
 */
export function installedModules(environment: Environment): InstalledModules {
  const found = new Map<string, Set<string>>();
  const add = (module: string, distribution: string): void => {
    const top = module.split(".")[0] ?? module;
    for (const name of new Set([module, top])) {
      const owners = found.get(name) ?? new Set();
      found.set(name, owners.add(distribution));
    }
  };
  for (const folder of sitePackagesOf(environment.prefix)) {
    for (const entry of listNames(folder)) {
      const match = /^(.+?)(?:-[^-]+(?:-py[\d.]+[^/]*)?)?\.(dist|egg)-info$/u.exec(entry);
      if (match?.[1] === undefined) continue;
      for (const module of modulesIn(folder, entry)) add(module, normaliseName(match[1]));
    }
  }
  for (const { name, modules } of condaPackages(environment.prefix))
    for (const module of modules) if (!found.has(module)) add(module, pypiName(name));
  return new Map(Array.from(found, ([module, owners]) => [module, [...owners].sort()]));
}

function modulesIn(folder: string, entry: string): readonly string[] {
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
  if (modules.length > 0) return modules;
  // An editable installation lists no module of its own; setuptools still names them.
  return (text("top_level.txt") ?? "")
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => /^[A-Za-z_]\w*$/u.test(line));
}

/** The path of a line of RECORD (CSV: path, hash, size). */
function pathInRecord(line: string): string {
  const quoted = /^"((?:[^"]|"")*)"/u.exec(line)?.[1];
  return quoted === undefined ? (line.split(",", 1)[0] ?? "") : quoted.replaceAll('""', '"');
}
