import { openRead, realPath, isInside, joinPath, lookUp, type FileReader } from "../../../system/index.ts";

/** The files of a stored image: a folder's, or an archive's. */
export interface ImageFiles {
  /** Null where there is no such file. The caller disposes of it. */
  open(name: string): FileFrom | null;
  [Symbol.dispose](): void;
}

/** Read once, from its start. */
export type FileFrom = Pick<FileReader, "size" | "read"> & Disposable;

/** A folder's files; links that lead out of it lead nowhere. */
export function folderFiles(folder: string): ImageFiles {
  const root = realPath(folder) ?? folder;
  return {
    open(name) {
      const found = lookUp(joinPath(root, name));
      return found === null || !found.isFile || !isInside(root, found.realPath)
        ? null
        : openRead(found.realPath);
    },
    [Symbol.dispose]() {},
  };
}
