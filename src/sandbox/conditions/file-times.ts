import { joinPath, listTree, setModified } from "../../system/index.ts";
import type { Conditions } from "./conditions.ts";

/** A Tuesday, in milliseconds since 1970. */
const firstTime = Date.UTC(2024, 0, 2, 12);
const apart = 60_000;

/** Gives the files and folders of a tree other times; folders last, since nothing changes theirs then. */
export function setFileTimes(tree: string, order: NonNullable<Conditions["fileTimes"]>): void {
  const entries = listTree(tree).entries.filter(({ kind }) => kind === "file" || kind === "directory");
  // Of the same time (a clone), the last by name becomes the newest.
  const newestFirst = entries.toSorted((a, b) => b.mtimeMs - a.mtimeMs || (a.path < b.path ? -1 : 1));
  const ordered = order === "names" ? entries.toReversed() : newestFirst;
  for (const [at, entry] of ordered.entries()) {
    setModified(joinPath(tree, entry.path), order === "equal" ? firstTime : firstTime + at * apart);
  }
}
