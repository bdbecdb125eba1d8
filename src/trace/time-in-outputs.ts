import type { Output, Run } from "../model/index.ts";
import type { RunRequest, RunResult } from "../sandbox/index.ts";
import { joinPath, readBytes } from "../system/index.ts";

/** Larger outputs, and more of them, are not read for it. */
const mostBytes = 1 << 18;
const mostInAll = 1 << 22;

/**
 * The outputs in whose text the time at which the run went on stands, to the second, by their names in comparisons: there
 * readings of a clock surely arrived. Elsewhere they may have, in another form.
 */
export function timeInOutputs(
  { blobs, workDirectory }: Pick<RunRequest, "blobs" | "workDirectory">,
  { run, tree }: Pick<RunResult, "run" | "tree">,
): readonly string[] {
  let left = mostInAll;
  return run.outputs.filter(isCandidate).flatMap((output) => {
    if (output.size > left) return [];
    left -= output.size;
    const text = textOf(output);
    return text !== null && holdsTime(text, run) ? [nameOf(output)] : [];
  });

  function textOf({ kind, path, digest }: Output): string | null {
    try {
      const file = kind === "file" ? joinPath(tree, path) : joinPath(workDirectory, "output-read-again");
      if (kind !== "file" && digest !== null) blobs.copyTo(digest, file);
      const bytes = readBytes(file);
      return bytes.length > mostBytes || bytes.includes(0) ? null : Buffer.from(bytes).toString("utf8");
    } catch {
      // Gone, or too large to be kept.
      return null;
    }
  }
}

function isCandidate({ kind, change, size, symlink }: Output): boolean {
  return kind !== "exit" && change !== "deleted" && change !== "rewritten" && !symlink && size <= mostBytes;
}

function nameOf({ kind, path }: Output): string {
  return kind === "file" ? path : kind === "notebook" ? `notebook ${path}` : kind;
}

/** Dates with a time of day as ISO 8601, logs and ctime write them; seconds and their thousandths since 1970. */
const written =
  /(?<![\dA-Za-z])(?:(\d{4})-(\d\d)-(\d\d)[ T_](\d\d)[:-](\d\d)[:-](\d\d)|[A-Z][a-z]{2} ([A-Z][a-z]{2}) +(\d{1,2}) (\d\d):(\d\d):(\d\d) (\d{4})|(1\d{9})(?:\d{3}|\d{6}|\d{9})?)(?!\d)/gu;
const months = "JanFebMarAprMayJunJulAugSepOctNovDec";

function holdsTime(text: string, { startedAt, durationMs }: Run): boolean {
  const start = Math.floor(Date.parse(startedAt) / 1000);
  const end = Math.ceil((Date.parse(startedAt) + durationMs) / 1000);
  for (const found of text.matchAll(written))
    if (secondsOf(found).some((at) => at >= start && at <= end)) return true;
  return false;
}

/** A time of day may be the machine's or that of UTC. */
function secondsOf(found: RegExpMatchArray): readonly number[] {
  if (found[13] !== undefined) return [Number(found[13])];
  const [year, month, day, hour, minute, second] =
    found[1] === undefined
      ? [found[12], months.indexOf(found[7] ?? "") / 3 + 1, found[8], found[9], found[10], found[11]]
      : found.slice(1, 7);
  const parts = [year, Number(month) - 1, day, hour, minute, second].map(Number) as [
    number,
    number,
    ...number[],
  ];
  return [Date.UTC(...parts) / 1000, new Date(...(parts as [number, number])).getTime() / 1000];
}
