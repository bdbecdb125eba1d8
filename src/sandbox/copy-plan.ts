import { homedir } from "node:os";
import type { Environment } from "../model/index.ts";
import { cacheDirectory, exists, isInside, joinPath, realPath } from "../system/index.ts";
import type { Mount } from "./plan.ts";

export interface CopyContents {
  readonly root: string;
  readonly copy: string;
  /** Folders that were not copied (`.git`, virtual environments, node_modules): the original's are seen, read-only. */
  readonly shown: readonly string[];
  readonly environment: Environment;
  readonly workDirectory: string;
}

/**
 * The file system of a fresh copy: the machine as it is, with the copy in the place of the tree, and with what Rung made
 * read-only: clean rooms, and other projects, get the same environments, and must find them as they were made.
 */
export function copyMounts({ root, copy, shown, environment, workDirectory }: CopyContents): Mount[] {
  const frozen = madeByRung(environment).filter((path) => !isInside(root, path));
  const mounts: Mount[] = [
    { kind: "processes", to: "/proc" },
    ...frozen.map(asTheyAre),
    { kind: "bind", from: copy, to: root, writable: true },
    ...shown.map((folder) => asTheyAre(joinPath(root, folder))),
  ];
  // The temporary folder may lie in the tree itself, or in the cache: then it was just hidden, or closed.
  if ([root, ...frozen].some((folder) => isInside(folder, workDirectory))) {
    mounts.push({ kind: "bind", from: workDirectory, to: workDirectory, writable: true });
  }
  return mounts;
}

function asTheyAre(path: string): Mount {
  return { kind: "bind", from: path, to: path, writable: false };
}

/** The cache, and an environment from a lock or spec with the Python that it leans on. The owner's own stay writable. */
function madeByRung(environment: Environment): string[] {
  const { prefix, interpreter, source } = environment;
  const isMade = source === "lock" || source === "spec";
  const paths = [cacheDirectory(), ...(isMade ? [prefix, ...interpreterFolder(interpreter.basePrefix)] : [])];
  const real = paths.filter(exists).map((path) => realPath(path) ?? path);
  return real.filter((path, at) => !real.some((other, index) => index < at && isInside(other, path)));
}

/** The folder of a Python alone: /usr, or a home folder, holds much more. */
function interpreterFolder(basePrefix: string): string[] {
  return isInside(basePrefix, "/usr") || isInside(basePrefix, homedir()) ? [] : [basePrefix];
}
