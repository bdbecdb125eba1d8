import { dirname } from "node:path";
import {
  copyFileAtomic,
  joinPath,
  makeDirectory,
  makeLink,
  setMode,
  writeScratch,
} from "../../../system/index.ts";
import { linkTarget } from "../../archive/archive-entry.ts";
import type { Member } from "../../tree/member.ts";

/** Writes members below an empty folder. Throws ToolError DISK_FULL or PATH_UNREADABLE. */
export function writeMembers(members: readonly Member[], folder: string): void {
  const folders = new Set<string>();
  const makeFolder = (at: string): void => {
    if (folders.has(at)) return;
    folders.add(at);
    makeDirectory(at);
  };
  for (const { path, kind, mode, content } of members) {
    const at = joinPath(folder, path);
    makeFolder(kind === "directory" ? at : dirname(at));
    if (kind === "symlink") makeLink(linkTarget(content), at);
    else if (kind === "file" && content !== null) {
      if ("bytes" in content) writeScratch(at, content.bytes);
      else copyFileAtomic(content.path, at);
      setMode(at, mode);
    }
  }
}
