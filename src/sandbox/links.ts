import { dirname } from "node:path";
import { decodeName, entryKind, joinPath, readLink } from "../system/index.ts";

export interface LinkChain {
  /** The symbolic links met on the way, as path and target, first to last. */
  readonly links: readonly { readonly path: string; readonly target: string }[];
  /** Where the path leads, with no link in it. */
  readonly end: string;
}

const most = 40;

/** Follows an absolute path link by link, as the kernel does, so that the same way can be laid elsewhere. */
export function followLinks(path: string): LinkChain {
  const links: { path: string; target: string }[] = [];
  let done = "/";
  let rest = joinPath(path).split("/").filter(Boolean);
  while (rest.length > 0 && links.length < most) {
    const [name = "", ...others] = rest;
    const next = joinPath(done, name);
    if (entryKind(next) === "symlink") {
      const target = decodeName(readLink(next));
      links.push({ path: next, target });
      const resolved = target.startsWith("/") ? target : joinPath(dirname(next), target);
      rest = [...resolved.split("/").filter(Boolean), ...others];
      done = "/";
    } else {
      done = next;
      rest = others;
    }
  }
  return { links, end: done };
}
