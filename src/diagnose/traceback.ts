import type { Location } from "../model/index.ts";

/** `File "x.py", line 3` (Python), `File x.py:3, in f()` (IPython 8 and later). */
const frame = /File (?:"([^"\n]+)", line (\d+)|([^\s"':,][^"'\n:]*):(\d+))/gu;
/** `/x/y.py in f(a)` over the lines of its source, the one that failed with an arrow (IPython up to 7). */
const olderFrame = /^([~/][^\n]*?\.py) in [^\n]*\n(?:(?!-+> )[^\n]*\n){0,8}-+> (\d+) /gmu;
const cellFrame = /^(?:The kernel died while c|C)ode cell (\d+) of /u;
/** The line inside of the failing cell, in the words of IPython 8 and later, and by the arrow of earlier ones. */
const cellLine =
  /(?:Cell In\s?\[\d+\], line (\d+))|(?:<ipython-input-[^>\n]*>|Input In \[\d+\])[^\n]*\n(?:(?!-+> )[^\n]*\n){0,8}-+> (\d+)\b/gu;

/**
 * The innermost place of a Python traceback that lies in the project: the line to look at. The tree may have run at
 * another path than `root`; one whose end is the project's is taken as well. `locate` gives the file of the project that a
 * relative path stands for, or null: compiled modules name their sources so.
 */
export function lastPlaceInTree(
  text: string,
  root: string,
  locate: (relative: string) => string | null = (relative) => relative,
): Location | null {
  const name = root.slice(root.lastIndexOf("/") + 1);
  const found: { readonly at: number; readonly place: Location }[] = [];
  for (const pattern of [frame, olderFrame]) {
    for (const match of text.matchAll(pattern)) {
      const relative = relativeTo(match[1] ?? match[3] ?? "", root, name, locate);
      const line = Number(match[2] ?? match[4]);
      if (relative !== null) found.push({ at: match.index, place: { file: relative, line } });
    }
  }
  return found.toSorted((a, b) => a.at - b.at).at(-1)?.place ?? null;
}

/** The number of the failing code cell that a notebook's error text names, from 1; null where it names none. */
export function failingCell(text: string): number | null {
  const match = cellFrame.exec(text);
  return match === null ? null : Number(match[1]);
}

/** The line inside of the failing cell, from 1; null where the text does not say. */
export function lineInCell(text: string): number | null {
  const [last] = [...text.matchAll(cellLine)].slice(-1);
  return last === undefined ? null : Number(last[1] ?? last[2]);
}

function relativeTo(
  file: string,
  root: string,
  name: string,
  locate: (relative: string) => string | null,
): string | null {
  if (file.startsWith(`${root}/`)) return file.slice(root.length + 1);
  if (file.includes("/site-packages/") || file.includes("/lib/python")) return null;
  if (/^\/home\/(?:room|rung|clean-room)\//u.test(file)) return file.split("/").slice(4).join("/");
  const at = file.startsWith("/") ? file.indexOf(`/${name}/`) : -1;
  if (at >= 0) return file.slice(at + name.length + 2);
  return /^[/<~]/u.test(file) ? null : locate(file.replace(/^\.\//u, ""));
}
