import path from "node:path";
import { joinPath, lookUp } from "../../../system/index.ts";
import type { Elf } from "../elf/elf.ts";
import { elfOfFile } from "../elf/elf-file.ts";

/** A program or library of a machine. */
export interface Binary {
  /** Its real path. */
  readonly path: string;
  readonly elf: Elf;
}

/** Finds the library of a name that `asker` needs; `inherited` are the DT_RPATHs of what loaded the asker. */
export type LibrarySearch = (name: string, asker: Binary, inherited: readonly string[]) => Binary | null;

/**
 * Looks for libraries as a loader does (ld.so(8)): DT_RPATH of the asker and its loaders where it has no DT_RUNPATH,
 * LD_LIBRARY_PATH, DT_RUNPATH, the system's folders. What is for another machine is passed over.
 */
export function librarySearch(options: {
  readonly machine: number;
  readonly systemFolders: readonly string[];
  /** LD_LIBRARY_PATH, split. */
  readonly variableFolders: readonly string[];
}): LibrarySearch {
  const known = new Map<string, Binary | null>();
  const look = (candidate: string): Binary | null => {
    const before = known.get(candidate);
    if (before !== undefined) return before;
    const real = lookUp(candidate)?.realPath;
    const elf = real === undefined ? null : elfOfFile(real);
    const found = real !== undefined && elf?.machine === options.machine ? { path: real, elf } : null;
    known.set(candidate, found);
    return found;
  };
  return (name, asker, inherited) => {
    // A loader opens such a path as it is, so no copy in the runtime could stand in for it.
    if (name.includes("/")) return null;
    const { runpath } = asker.elf;
    const folders = [
      ...(runpath.length === 0 ? [...runFolders(asker), ...inherited] : []),
      ...options.variableFolders,
      ...runpath.map((folder) => expand(folder, asker)),
      ...options.systemFolders,
    ];
    for (const folder of folders) {
      const found = look(joinPath(folder, name));
      if (found !== null) return found;
    }
    return null;
  };
}

/** The folders of a file's DT_RPATH. */
export function runFolders(binary: Binary): readonly string[] {
  return binary.elf.rpath.map((folder) => expand(folder, binary));
}

/** $ORIGIN is the asker's folder, $LIB what the system calls its libraries' folder. */
function expand(folder: string, { path: file }: Binary): string {
  return folder
    .replaceAll(/\$(?:ORIGIN|\{ORIGIN\})/gu, () => path.dirname(file))
    .replaceAll(/\$(?:LIB|\{LIB\})/gu, "lib64");
}
