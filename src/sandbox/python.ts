import type { Environment } from "../model/index.ts";
import { exists, joinPath, makeDirectory, makeLink, realPath } from "../system/index.ts";

/** The environment's own Python. */
export function pythonOf(environment: Environment): string {
  const names = [joinPath(environment.binDirectory, "python"), joinPath(environment.binDirectory, "python3")];
  const inside = environment.source === "interpreter" ? undefined : names.find(exists);
  return inside ?? environment.interpreter.executable;
}

/**
 * Where `python` or `python3` of the environment's bin folder is missing or another Python (a bare interpreter such as
 * /usr/bin/python3.9), a folder with both names, made at `directory`; else null.
 */
export function pythonNames(environment: Environment, directory: string): string | null {
  const python = pythonOf(environment);
  const names = ["python", "python3"];
  const meant = realPath(python);
  if (names.every((name) => realPath(joinPath(environment.binDirectory, name)) === meant)) return null;
  makeDirectory(directory);
  for (const name of names) makeLink(python, joinPath(directory, name));
  return directory;
}
