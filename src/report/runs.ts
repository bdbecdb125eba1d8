import { sizeText, type Output, type Run } from "../model/index.ts";
import type { PrunedRuns } from "../records/logs.ts";
import { printable } from "./printable.ts";

/** Recorded runs as a table, the newest first. */
export function renderRuns(runs: readonly Run[]): string {
  const rows = runs.map((run, index) => {
    const earlier = runs.slice(index + 1).find(({ command }) => command === run.command);
    return [
      run.id.slice(0, 8),
      `${run.startedAt.slice(0, 10)} ${run.startedAt.slice(11, 19)}`,
      run.command,
      run.signal ?? String(run.exitCode ?? "none"),
      `${(run.durationMs / 1000).toFixed(1)} s`,
      String(run.circumstances?.seed ?? "-"),
      commitOf(run),
      earlier === undefined ? "-" : changedText(run, earlier),
    ];
  });
  const table = [["run", "started (UTC)", "command", "exit", "took", "seed", "commit", "outputs"], ...rows];
  const widths = (table[0] ?? []).map((_, column) =>
    Math.max(...table.map((row) => (row[column] ?? "").length)),
  );
  const lines = table.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join("  ")
      .trimEnd(),
  );
  return printable(`${lines.join("\n")}\n`);
}

/** Runs that went, or would go, and what that frees. */
export function renderPrunedRuns({ runs, kept, contents, bytes }: PrunedRuns, isDry: boolean): string {
  const table = runs.length === 0 ? "" : renderRuns(runs);
  const went = `${runs.length} ${runs.length === 1 ? "run" : "runs"} and ${contents} contents (${sizeText(bytes)})`;
  return `${table}${went} ${isDry ? "to be removed" : "removed"}; ${kept} recorded runs stay\n`;
}

function commitOf({ circumstances }: Run): string {
  const git = circumstances?.git ?? null;
  if (git === null) return "-";
  return `${git.commit?.slice(0, 7) ?? "none"}${git.modified.length > 0 ? "+" : ""}`;
}

/** Which outputs are others than those of the run before, byte for byte. */
function changedText(run: Run, earlier: Run): string {
  const left = byName(run.outputs);
  const right = byName(earlier.outputs);
  // A file that one run did not touch is as the other left it.
  const changed = [...left].filter(([name, digest]) => right.has(name) && right.get(name) !== digest);
  const added = [...left].filter(([name]) => !right.has(name));
  const names = [...changed, ...added].map(([name]) => name);
  const more = names.length > 2 ? ` and ${names.length - 2} more` : "";
  return names.length === 0 ? "same" : `${names.slice(0, 2).join(", ")}${more} changed`;
}

function byName(outputs: readonly Output[]): ReadonlyMap<string, string | null> {
  return new Map(outputs.map(({ kind, path, digest }) => [kind === "file" ? path : kind, digest]));
}
