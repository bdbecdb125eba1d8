import type { Output, Run } from "../../model/index.ts";
import type { TreeItem } from "../../records/index.ts";
import type { Store } from "../../store/index.ts";
import {
  entryKind,
  hashFile,
  isDirectory,
  isEnvironmentFolder,
  joinPath,
  listNames,
  makeDirectory,
  makeLink,
  readLink,
  setMode,
  sha256,
  writeScratch,
} from "../../system/index.ts";
import { dirname } from "node:path";
import { overlayOf } from "../lab/overlay.ts";

/**
 * Sees to it that the content of a file of a recorded tree is a blob: kept then, or in the tree now as it was. False where
 * it is neither.
 */
function isAtHand({ path, digest, kind }: TreeItem, root: string, { blobs }: Store): boolean {
  if (blobs.has(digest)) return true;
  const place = joinPath(root, path);
  const now = entryKind(place);
  if (kind === "symlink" && now === "symlink" && sha256(readLink(place)) === digest) {
    blobs.put(readLink(place));
    return true;
  }
  return kind === "file" && now === "file" && hashFile(place) === digest && blobs.putFile(place) === digest;
}

/** The paths of these whose contents are nowhere. */
export function lostOf(items: Iterable<TreeItem>, root: string, store: Store): readonly string[] {
  return Array.from(items).flatMap((item) => (isAtHand(item, root, store) ? [] : [item.path]));
}

/** Lays a recorded tree out in an empty folder; gives the paths whose contents are nowhere. */
export function restoreTree(
  items: Iterable<TreeItem>,
  to: string,
  root: string,
  store: Store,
): readonly string[] {
  const missing: string[] = [];
  makeDirectory(to);
  for (const item of items) {
    if (!isAtHand(item, root, store)) {
      missing.push(item.path);
      continue;
    }
    const place = joinPath(to, item.path);
    makeDirectory(dirname(place));
    if (item.kind === "symlink") makeLink(store.blobs.read(item.digest), place);
    else {
      store.blobs.copyTo(item.digest, place);
      setMode(place, item.mode);
    }
  }
  return missing;
}

/** Stands for the folders of `root` that a copy shows as they are (Git's, environments), so that these are seen there. */
export function standInForShown(to: string, root: string): void {
  for (const name of listNames(root)) {
    const folder = joinPath(root, name);
    const isEnvironment = isEnvironmentFolder(folder);
    if (!isEnvironment && !(/^(?:\.git|node_modules)$/u.test(name) && isDirectory(folder))) continue;
    makeDirectory(joinPath(to, name));
    // What makes a folder an environment to the copying.
    if (isEnvironment)
      for (const file of ["pyvenv.cfg", "bin/python"]) writeScratch(joinPath(to, name, file), "");
  }
}

/** Other contents for some files, in the shape of an earlier run whose outputs are laid over the tree. */
export function swappedFiles(paths: readonly string[], tree: ReadonlyMap<string, TreeItem>): Run {
  return overlayOf(
    paths.map((path): Output => {
      const item = tree.get(path);
      return {
        kind: "file",
        path,
        change: item === undefined ? "deleted" : "modified",
        digest: item?.digest ?? null,
        size: 0,
        mode: item?.mode ?? 0,
        symlink: item?.kind === "symlink",
      };
    }),
  );
}
