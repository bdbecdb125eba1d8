import { isDirectory, joinPath, listNames } from "../../system/index.ts";
import type { Mount } from "../plan.ts";

/** Folders that most systems have and few use: an empty one takes new paths without a trace on the machine. */
const candidates = ["/mnt", "/srv", "/media", "/opt", "/var/opt", "/var/local", "/usr/games", "/usr/src"];

/**
 * Paths that are the same in each run, under which a sandbox can show folders. They lie in an empty folder of the machine
 * (in a room: of the room); null where there is none. `kind` none has no mounts at all.
 */
export interface NewPaths {
  /** A path under it, made so that it is seen as `from` is. */
  show(from: string, name: string): string;
  /** What has to be mounted for all that was shown. */
  readonly mounts: readonly Mount[];
}

export function newPaths(kind: "bubblewrap" | "unshare" | "none", scope: "copy" | "room"): NewPaths | null {
  const base = kind === "none" ? undefined : scope === "room" ? "/srv" : candidates.find(isEmptyFolder);
  if (base === undefined) return null;
  const mounts: Mount[] = [{ kind: "empty", to: base }];
  return {
    show(from, name) {
      const to = joinPath(base, name);
      mounts.push({ kind: "bind", from, to, writable: true });
      return to;
    },
    get mounts() {
      return mounts.length === 1 ? [] : mounts;
    },
  };
}

function isEmptyFolder(folder: string): boolean {
  return isDirectory(folder) && listNames(folder).length === 0;
}
