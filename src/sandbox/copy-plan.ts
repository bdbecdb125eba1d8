import { isInside, joinPath } from "../system/index.ts";
import type { Mount } from "./plan.ts";
import { shownFolders } from "./tree-parts.ts";

/**
 * The file system of a fresh copy: the machine as it is, the copy in the place of the tree. What a copy does not copy
 * (`.git`, virtual environments, node_modules) is the original's, read-only.
 */
export function copyMounts(root: string, copy: string, workDirectory: string): Mount[] {
  const shown = shownFolders(root).map((folder): Mount => {
    const path = joinPath(root, folder);
    return { kind: "bind", from: path, to: path, writable: false };
  });
  const mounts: Mount[] = [
    { kind: "processes", to: "/proc" },
    { kind: "bind", from: copy, to: root, writable: true },
    ...shown,
  ];
  // The temporary folder may lie in the tree itself: then the copy just hid it.
  if (isInside(root, workDirectory)) {
    mounts.push({ kind: "bind", from: workDirectory, to: workDirectory, writable: true });
  }
  return mounts;
}
