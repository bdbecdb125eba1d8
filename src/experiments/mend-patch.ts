import { applyPatch, createTwoFilesPatch, parsePatch } from "diff";
import type { ProposedMend } from "../diagnose/index.ts";
import type { Cause, Change, CodePlace } from "../model/index.ts";
import { projectRoot } from "../project/index.ts";
import { codeLine } from "../source/index.ts";
import { isInside, joinPath, lookUp, readText } from "../system/index.ts";

/** Changes as one unified diff, as `git apply` and `patch -p1` take it. */
export function patchOf(changes: readonly Change[]): string {
  return changes
    .map(({ path, before, after }) =>
      createTwoFilesPatch(
        before === null ? "/dev/null" : `a/${path}`,
        `b/${path}`,
        before ?? "",
        after,
        undefined,
        undefined,
        { context: 2 },
      ).replace(/^=+\n/u, ""),
    )
    .join("");
}

/** Several mends as one; null where there is none. Of changes to one file that do not go together the first counts. */
export function mergeMends(mends: readonly ProposedMend[]): ProposedMend | null {
  const changes = new Map<string, Change>();
  for (const change of mends.flatMap((mend) => mend.changes)) {
    const earlier = changes.get(change.path);
    const after = earlier === undefined ? change.after : applyPatch(earlier.after, patchOf([change]));
    if (after !== false) changes.set(change.path, { ...change, after });
  }
  const summary = [...new Set(mends.map((mend) => mend.summary))].join("; ");
  const keepsResults = mends.every((mend) => mend.keepsResults);
  return changes.size === 0 ? null : { summary, keepsResults, changes: [...changes.values()] };
}

/** Whether a mend changes this very line. */
export function changesLine(
  { changes }: Pick<ProposedMend, "changes">,
  { file, line, cell }: CodePlace,
): boolean {
  const change = changes.find(({ path }) => path === file);
  if (change === undefined) return false;
  if (cell !== null) return changesLineOfCell(change, line, cell);
  return parsePatch(patchOf([change])).some(({ hunks }) =>
    hunks.some(({ oldStart, lines }) => {
      let at = oldStart - 1;
      return lines.some((text) => {
        if (!text.startsWith("+")) at += 1;
        return text.startsWith("-") && at === line;
      });
    }),
  );
}

/** The patch of a notebook counts lines of its JSON: here those of the cell are compared, this one and the next. */
function changesLineOfCell({ path, before, after }: Change, line: number, cell: number): boolean {
  const [old, mended] = [before ?? "", after].map((text) => Buffer.from(text));
  if (old === undefined || mended === undefined) return false;
  const isSame = (at: number): boolean => codeLine(path, old, at, cell) === codeLine(path, mended, at, cell);
  return !isSame(line) && isSame(line + 1);
}

/** The confirmed mends of causes as changes to the project's files as they are now, and which of them do not fit any more. */
export function mendChanges(
  directory: string,
  causes: readonly Cause[],
): { readonly changes: readonly Change[]; readonly unfit: readonly string[] } {
  const root = projectRoot(directory);
  const changes = new Map<string, Change>();
  const unfit: string[] = [];
  const patches = new Map(
    causes.flatMap(({ mend }) => (mend?.confirmed && mend.patch ? [[mend.patch, mend]] : [])),
  );
  for (const [patch, mend] of patches) {
    for (const file of parsePatch(patch)) {
      const path = (file.newFileName ?? "").replace(/^b\//u, "");
      const before = changes.get(path)?.after ?? textAt(root, path);
      const after = before === null ? false : applyPatch(before, file, { fuzzFactor: 2 });
      if (before === null || after === false) unfit.push(`${path}: ${mend.summary}`);
      else changes.set(path, { path, before: changes.get(path)?.before ?? before, after, why: mend.summary });
    }
  }
  return { changes: [...changes.values()], unfit };
}

function textAt(root: string, path: string): string | null {
  const found = lookUp(joinPath(root, path));
  return found?.isFile === true && isInside(root, found.realPath) ? readText(found.realPath) : null;
}
