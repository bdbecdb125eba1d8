import type { TracedProcess } from "../model/index.ts";

/** Processes as an indented tree, children below the one that started them, at most `most` lines. */
export function processTree(processes: readonly TracedProcess[], most: number): readonly string[] {
  const ids = new Set(processes.map(({ id }) => id));
  const children = Map.groupBy(processes, ({ parent }) => (parent !== null && ids.has(parent) ? parent : ""));
  const lines: string[] = [];
  const waiting = (children.get("") ?? []).map((process) => ({ process, depth: 0 })).toReversed();
  const shown = new Set<string>();
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const { process, depth } = next;
    // What a hostile run says of parents may go in circles.
    if (shown.has(process.id)) continue;
    shown.add(process.id);
    lines.push(`  ${"  ".repeat(Math.min(depth, 20))}${processText(process)}`);
    const below = (children.get(process.id) ?? []).map((child) => ({ process: child, depth: depth + 1 }));
    waiting.push(...below.toReversed());
  }
  return lines.length <= most
    ? lines
    : [...lines.slice(0, most - 1), `  and ${lines.length - most + 1} more (--files shows all)`];
}

export function processText(process: TracedProcess): string {
  const { id, argv, executable, startMs, endMs, exitCode, seenBy } = process;
  const line = (argv.length === 0 ? executable : argv.join(" ")).replaceAll(/\s+/gu, " ");
  const said = line.length > 90 ? `${line.slice(0, 87)}...` : line;
  const took = endMs === null ? "" : `${((endMs - startMs) / 1000).toFixed(1)} s`;
  const code = exitCode === null || exitCode === 0 ? "" : `exit code ${exitCode}`;
  const blind = seenBy === "none" ? "(not watched)" : seenBy === "strace" ? "(by strace alone)" : "";
  return [id.startsWith("unseen") ? "-" : id, said, took, code, blind].filter(Boolean).join("  ");
}
