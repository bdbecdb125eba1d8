import type { ProjectFile } from "../model/index.ts";
import type { Store } from "../store/index.ts";
import { joinPath, readLink, sha256 } from "../system/index.ts";

/** One entry of a tree as it was before a run. */
export interface TreeItem {
  readonly path: string;
  readonly digest: string;
  readonly kind: ProjectFile["kind"];
  readonly mode: number;
}

/** Files up to this size are kept before a run, since it may write over what it reads; and so much of them for one run. */
const smallBytes = 1 << 20;
const smallBytesOfAll = 128 << 20;

/** A tree as it is, from its files and the sha256 of each; what could not be read is left out. */
export function treeItems(
  files: readonly ProjectFile[],
  digestOf: (path: string) => string | null,
): readonly TreeItem[] {
  return files.flatMap(({ path, kind, mode }) => {
    const digest = digestOf(path);
    return digest === null ? [] : [{ path, digest, kind, mode }];
  });
}

/** Keeps the list of a tree's files, and the contents of the small ones; gives the digest of the list. */
export function keepTree(
  store: Store,
  root: string,
  items: readonly TreeItem[],
  files: readonly ProjectFile[],
): string {
  const text = JSON.stringify(items.map(({ path, digest, kind, mode }) => [path, digest, kind, mode]));
  const sizes = new Map(files.map(({ path, size }) => [path, size]));
  const list = sha256(text);
  // The list is kept last: where it is there, the run that kept it kept the contents before.
  if (store.blobs.has(list)) return list;
  const batch = store.blobs.batch();
  let bytes = 0;
  for (const { path, digest, kind } of items) {
    const size = sizes.get(path) ?? 0;
    if (size > smallBytes || bytes + size > smallBytesOfAll || batch.has(digest)) continue;
    bytes += size;
    const place = joinPath(root, path);
    if (kind === "symlink") batch.put(readLink(place));
    else batch.putFile(place);
  }
  batch.commit();
  return store.blobs.put(text);
}

/** Throws STORE_CORRUPT where the list is gone. */
export function readTree(store: Pick<Store, "blobs">, digest: string): readonly TreeItem[] {
  const list = JSON.parse(store.blobs.read(digest).toString("utf8")) as [
    string,
    string,
    TreeItem["kind"],
    number,
  ][];
  return list.map(([path, of, kind, mode]) => ({ path, digest: of, kind, mode }));
}
