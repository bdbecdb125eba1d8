import { isInside, joinPath } from "../system/index.ts";
import type { Mount } from "./plan.ts";

export interface CopyContents {
  readonly root: string;
  readonly copy: string;
  /** Folders that were not copied (`.git`, virtual environments, node_modules): the original's are seen, read-only. */
  readonly shown: readonly string[];
  readonly workDirectory: string;
}

/** The file system of a fresh copy: the machine as it is, with the copy in the place of the tree. */
export function copyMounts({ root, copy, shown, workDirectory }: CopyContents): Mount[] {
  const originals = shown.map((folder): Mount => {
    const path = joinPath(root, folder);
    return { kind: "bind", from: path, to: path, writable: false };
  });
  const mounts: Mount[] = [
    { kind: "processes", to: "/proc" },
    { kind: "bind", from: copy, to: root, writable: true },
    ...originals,
  ];
  // The temporary folder may lie in the tree itself: then the copy just hid it.
  if (isInside(root, workDirectory)) {
    mounts.push({ kind: "bind", from: workDirectory, to: workDirectory, writable: true });
  }
  return mounts;
}
