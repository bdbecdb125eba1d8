import type { Environment } from "../model/index.ts";
import {
  cacheDirectory,
  entryKind,
  exists,
  joinPath,
  makeDirectory,
  makeLink,
  realPath,
  sha256,
} from "../system/index.ts";

const pythonNames = ["python", "python3"];

/** The environment's own Python. */
export function pythonOf(environment: Environment): string {
  const names = pythonNames.map((name) => joinPath(environment.binDirectory, name));
  const inside = environment.source === "interpreter" ? undefined : names.find(exists);
  return inside ?? environment.interpreter.executable;
}

/** Folders that are on every PATH: putting one first would change which of the owner's other programs are found. */
const systemPrograms = new Set(["/usr/bin", "/bin", "/usr/local/bin", "/usr/sbin", "/sbin"]);

/**
 * The folders that come first on PATH. Where `python` or `python3` of the environment's own is missing or another Python
 * (a bare interpreter such as /usr/bin/python3.9), a folder with both names is the first of them: in the cache, so
 * that sys.executable is the same in each run.
 */
export function programFolders(environment: Environment): { folders: string[]; names: string | null } {
  const python = pythonOf(environment);
  const meant = realPath(python);
  const { binDirectory } = environment;
  const isSystem = systemPrograms.has(binDirectory);
  const own = isSystem ? [] : [binDirectory];
  const isNamed = pythonNames.every((name) => realPath(joinPath(binDirectory, name)) === meant);
  if (isNamed && !isSystem) return { folders: own, names: null };
  const names = cacheDirectory("python-names", sha256(python).slice(0, 16));
  makeDirectory(names);
  for (const name of pythonNames) {
    const link = joinPath(names, name);
    if (entryKind(link) === null) makeLinkOnce(python, link);
  }
  return { folders: [names, ...own], names };
}

/** Another `rung` may be making the same one. */
function makeLinkOnce(target: string, link: string): void {
  try {
    makeLink(target, link);
  } catch (error) {
    if (entryKind(link) === null) throw error;
  }
}
