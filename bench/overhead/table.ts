import type { Overhead } from "./samples.ts";
import type { Estimate } from "./statistics.ts";
import { type WayName, wayNames, wayTitles } from "./ways.ts";
import type { Workload } from "./workloads.ts";

export interface Measured {
  readonly workload: Workload;
  readonly ways: Readonly<Partial<Record<WayName, Overhead>>>;
  /** Seconds that the digests of its inputs take. */
  readonly hashing: number;
}

const columns = [
  "child s",
  "CPU s",
  "CPU ratio",
  "wall ratio",
  "MB more",
  "whole s",
  "ratio",
  "s more",
] as const;
const width = 22;

/** One block for each program: a line for each way, medians with their intervals, then what was reached of the goals. */
export function table(all: readonly Measured[]): string {
  return all.map(block).join("\n\n");
}

function block({ workload, ways, hashing }: Measured): string {
  const lines = wayNames.flatMap((way) => {
    const found = ways[way];
    return found === undefined ? [] : [line(wayTitles[way], found, way === "plain")];
  });
  const head = `${"".padEnd(16)}${columns.map((name) => name.padStart(width)).join("")}`;
  return [`${workload.title} (${workload.name})`, head, ...lines, ...goals(workload, ways, hashing)].join(
    "\n",
  );
}

function line(title: string, found: Overhead, isPlain: boolean): string {
  const cells = [
    text(found.child.seconds, 3),
    text(found.child.processor, 3),
    isPlain ? "" : text(found.childProcessor, 2),
    isPlain ? "" : text(found.childSeconds, 2),
    isPlain ? "" : text(found.childMemory, 0),
    text(found.whole.seconds, 3),
    isPlain ? "" : text(found.wholeSeconds, 2),
    isPlain ? "" : text(found.wholeMore, 2),
  ];
  return `${title.padEnd(16)}${cells.map((cell) => cell.padStart(width)).join("")}`.trimEnd();
}

function text({ median, low, high }: Estimate, digits: number): string {
  return `${median.toFixed(digits)} (${low.toFixed(digits)}–${high.toFixed(digits)})`;
}

/** Each goal with the figure that it is held against: processor time for the child, which others on the machine disturb
 *  least. */
function goals({ childGoal }: Workload, ways: Measured["ways"], hashing: number): readonly string[] {
  const { hook, run } = ways;
  const said: string[] = [];
  if (hook !== undefined && childGoal !== null)
    said.push(`child at most ${childGoal} times plain: ${verdict(hook.childProcessor.median, childGoal, 3)}`);
  if (hook !== undefined) said.push(`child under 50 MB more: ${verdict(hook.childMemory.median, 50, 1)}`);
  if (run !== undefined && hook !== undefined) {
    const more = run.whole.seconds.median - hook.child.seconds.median;
    const allowed = 0.3 + hashing;
    said.push(
      `whole command above the child at most 0.3 s and ${hashing.toFixed(2)} s of hashing: ${verdict(more, allowed, 2)}`,
    );
  }
  return said.map((goal) => `  ${goal}`);
}

function verdict(value: number, goal: number, digits: number): string {
  return `${value.toFixed(digits)}, ${value <= goal ? "met" : "NOT met"}`;
}
