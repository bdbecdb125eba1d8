import { posix } from "node:path";
import { selectFiles } from "../artifacts/index.ts";
import type { Subject } from "../levels/index.ts";
import type { Store } from "../store/index.ts";
import { copyEntry, joinPath, makeDirectory, temporaryDirectory, writeAtomic } from "../system/index.ts";

/** What a revival works with: the project as read, a copy of what others get of it, and where runs are kept. */
export interface Workshop {
  readonly subject: Subject;
  readonly store: Store;
  /** The copy; runs copy it once more, so that it stays as it is. */
  readonly tree: string;
  readonly directory: string;
  [Symbol.dispose](): void;
}

/** Copies what others get of a project into a folder of its own, gone when disposed of. */
export function openWorkshop(subject: Subject, store: Store): Workshop {
  const folder = temporaryDirectory("revive");
  const tree = joinPath(folder.path, "tree");
  makeDirectory(tree);
  const { root } = subject.project;
  for (const { path } of selectFiles(subject.project).files) {
    makeDirectory(posix.dirname(joinPath(tree, path)));
    copyEntry(joinPath(root, path), joinPath(tree, path));
  }
  return { subject, store, tree, directory: folder.path, [Symbol.dispose]: () => folder[Symbol.dispose]() };
}

/** Makes folders that an attempt asks for, each with a file that lets Git keep it. */
export function makeFolders({ tree }: Workshop, folders: readonly string[]): void {
  for (const folder of folders) writeAtomic(joinPath(tree, folder, ".gitkeep"), "");
}
