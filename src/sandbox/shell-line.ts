import { isDirectory, joinPath, shellLine, shellQuote } from "../system/index.ts";
import type { Place } from "./prepare.ts";
import type { RunRequest } from "./request.ts";

export interface Invocation {
  readonly argv: readonly string[];
  readonly cwd: string;
}

/** How a shell line starts: /bin/sh -c, in the command's folder, the arguments appended. */
export function shellInvocation(request: RunRequest, place: Place): Invocation {
  const { command } = request;
  const line = [place.moved?.line ?? command.run, shellLine(request.arguments ?? [])]
    .filter(Boolean)
    .join(" ");
  const cwd = joinPath(place.treeInside, command.cwd);
  if (place.moved !== null) return { argv: ["/bin/sh", "-c", line], cwd: place.moved.startFolder.inside };
  if (isDirectory(joinPath(place.tree, command.cwd))) return { argv: ["/bin/sh", "-c", line], cwd };
  // The shell's own word for a folder that is missing is as good as ours.
  return { argv: ["/bin/sh", "-c", `cd ${shellQuote(cwd)}`], cwd: place.treeInside };
}
