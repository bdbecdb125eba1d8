import { createTwoFilesPatch } from "diff";
import type { Change } from "../model/index.ts";
import type { Paint } from "./paint.ts";
import { printable } from "./printable.ts";

/** What a lift wants to change, as a unified diff. */
export function renderChanges(changes: readonly Change[], paint: Paint): string {
  return changes.map((change) => renderChange(change, paint)).join("\n");
}

const longestDiff = 40;
const longestLine = 160;

function renderChange({ path, before, after, why }: Change, paint: Paint): string {
  const patch = createTwoFilesPatch(
    before === null ? "/dev/null" : `a/${path}`,
    `b/${path}`,
    before ?? "",
    after,
    "",
    "",
  );
  const lines = printable(patch)
    .split("\n")
    .filter((line) => !line.startsWith("=====") && !line.startsWith("\\ No newline"));
  const shown = lines.slice(0, longestDiff).map((line) => paintLine(shorten(line), paint));
  const more = lines.length > longestDiff ? [paint.dim(`(${lines.length - longestDiff} more lines)`)] : [];
  return [`${paint.bold(printable(path))}: ${printable(why)}`, ...shown, ...more].join("\n");
}

function shorten(line: string): string {
  return line.length <= longestLine ? line : `${line.slice(0, longestLine)}…`;
}

function paintLine(line: string, paint: Paint): string {
  if (line.startsWith("+++") || line.startsWith("---")) return paint.bold(line);
  if (line.startsWith("+")) return paint.green(line);
  if (line.startsWith("-")) return paint.red(line);
  return line.startsWith("@@") ? paint.cyan(line) : line;
}
