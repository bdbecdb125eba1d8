import { dirname, posix } from "node:path";
import { ToolError, type Change } from "../model/index.ts";
import { entryKind, isInside, joinPath, realPath, writeAtomic } from "../system/index.ts";

/**
 * Writes changes into a project: all of them or, where one would lie outside of it, none. A link on the way is followed
 * and stays a link. Returns the paths that were written, relative to the root and free of links, as Git takes them.
 * Throws ToolError PATH_UNREADABLE.
 */
export function writeChanges(root: string, changes: readonly Change[]): readonly string[] {
  const real = realPath(root) ?? root;
  const places = changes.map(({ path, after }) => ({ place: placeInside(real, path), after }));
  for (const { place, after } of places) writeAtomic(place, after);
  return places.map(({ place }) => posix.relative(real, place));
}

/** Where a path of the project leads. What is not there yet is made where the nearest folder above it is. */
function placeInside(root: string, path: string): string {
  const asked = joinPath(root, path);
  let above = asked;
  while (above !== root && above !== dirname(above) && entryKind(above) === null) above = dirname(above);
  const found = realPath(above);
  const place = found === null ? null : joinPath(found, posix.relative(above, asked));
  if (place !== null && place !== root && isInside(root, place)) return place;
  throw new ToolError("PATH_UNREADABLE", `Cannot write ${path}: it leads out of the project by a link`, {
    hint: "Put a file or a folder of the project in the place of the link. Nothing was written.",
  });
}
