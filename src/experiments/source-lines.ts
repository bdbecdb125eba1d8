import type { Cause } from "../model/index.ts";
import { projectRoot } from "../project/index.ts";
import { codeLine } from "../source/index.ts";
import { isInside, joinPath, lookUp, readBytes } from "../system/index.ts";

/** The line of code at the place of a cause of the project in `directory`; null where it names none, or none is there. */
export function sourceLines(directory: string): (cause: Cause) => string | null {
  const root = projectRoot(directory);
  return ({ file, line, cell }) => {
    if (file === null || line === null) return null;
    const found = lookUp(joinPath(root, file));
    // A link may lead anywhere; what is not in the tree is not shown.
    if (found === null || !found.isFile || !isInside(root, found.realPath)) return null;
    return codeLine(file, readBytes(found.realPath), line, cell);
  };
}
