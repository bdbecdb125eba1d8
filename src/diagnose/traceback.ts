import type { Location } from "../model/index.ts";

const frame = /File "([^"\n]+)", line (\d+)/gu;
const cellFrame = /^Code cell (\d+) of /u;

/**
 * The innermost place of a Python traceback that lies in the project: the line to look at. The tree may have run at
 * another path than `root`; a relative path, and one whose end is the project's, are taken as well.
 */
export function lastPlaceInTree(text: string, root: string): Location | null {
  const name = root.slice(root.lastIndexOf("/") + 1);
  let place: Location | null = null;
  for (const [, file = "", line = ""] of text.matchAll(frame)) {
    const relative = relativeTo(file, root, name);
    if (relative !== null) place = { file: relative, line: Number(line) };
  }
  return place;
}

/** The number of the failing code cell that a notebook's error text names, from 1; null where it names none. */
export function failingCell(text: string): number | null {
  const match = cellFrame.exec(text);
  return match === null ? null : Number(match[1]);
}

function relativeTo(file: string, root: string, name: string): string | null {
  if (file.startsWith(`${root}/`)) return file.slice(root.length + 1);
  if (file.startsWith("/home/rung/")) return file.split("/").slice(4).join("/");
  const at = file.indexOf(`/${name}/`);
  if (at >= 0 && !file.includes("/site-packages/")) return file.slice(at + name.length + 2);
  return file.startsWith("/") || file.startsWith("<") ? null : file;
}
