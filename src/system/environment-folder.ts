import { entryKind } from "./entries.ts";
import { isDirectory } from "./files.ts";

/**
 * True for a Python environment: a virtual one (PEP 405) or conda's. The marker alone makes none, since a folder of
 * results would vanish behind it: an interpreter, or conda's own history, has to be there too.
 */
export function isEnvironmentFolder(directory: string): boolean {
  const has = (name: string): boolean => entryKind(`${directory}/${name}`) !== null;
  const hasPython = (): boolean => has("bin/python") || has("Scripts/python.exe");
  if (entryKind(`${directory}/pyvenv.cfg`) === "file") return hasPython();
  return isDirectory(`${directory}/conda-meta`) && (hasPython() || has("conda-meta/history"));
}
