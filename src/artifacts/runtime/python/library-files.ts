import { joinPath, listTree, lookUp } from "../../../system/index.ts";

/** A file of an installation: its path in the standard library, and the real file. */
export interface LibraryFile {
  readonly path: string;
  readonly source: string;
}

/** Test suites, what others installed, an editor, a demonstration, the parts of a build, and caches. */
const leftFolders =
  /(?:^|\/)(?:__pycache__|tests?|idle_test|site-packages|dist-packages)$|^(?:config|config-[^/]*|ensurepip|idlelib|turtledemo)$/u;

/** What speaks of the machine, what only tests import, and what is no Python for Linux. */
const leftFiles =
  /^(?:EXTERNALLY-MANAGED|build-details\.json|_sysconfig_vars[^/]*\.json|(?:site|user)customize\.py)$|^lib-dynload\/(?:_test|_ctypes_test|_xxtest|xxlimited|xxsubtype)|\.(?:pyc|pyo|a|o|exe|pickle|orig)$/u;

/** The files of a standard library that a program may need; symbolic links are taken for what they lead to. */
export function libraryFiles(library: string): readonly LibraryFile[] {
  const { entries } = listTree(library, (folder) => leftFolders.test(folder));
  return entries.flatMap(({ path, kind }) => {
    if (kind === "directory" || kind === "other" || leftFiles.test(path)) return [];
    const found = lookUp(joinPath(library, path));
    return found?.isFile === true ? [{ path, source: found.realPath }] : [];
  });
}

/** Compiled modules of the standard library. */
export const isExtension = (path: string): boolean => path.endsWith(".so");

/** "_ssl" of lib-dynload/_ssl.cpython-311-x86_64-linux-gnu.so. */
export function moduleOf(path: string): string {
  return path.replace(/^.*\//u, "").replace(/\..*$/su, "");
}
