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
  "whole ratio",
  "whole s more",
  "whole CPU more",
  "whole MB",
] as const;
const width = 20;

/** One block for each program: a line for each way, medians with their intervals, then what was reached of the goals. */
export function table(all: readonly Measured[]): string {
  return all.map(block).join("\n\n");
}

function block({ workload, ways, hashing }: Measured): string {
  const lines = wayNames.flatMap((way) => {
    const found = ways[way];
    return found === undefined ? [] : [line(wayTitles[way], found, way === "plain")];
  });
  const head = `${"".padEnd(17)} n${columns.map((name) => name.padStart(width)).join("")}`;
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
    isPlain ? "" : text(found.wholeProcessorMore, 2),
    text(found.whole.peak, 0),
  ];
  return `${title.padEnd(17)}${String(found.rounds).padStart(2)}${cells.map((cell) => cell.padStart(width)).join("")}`.trimEnd();
}

function text({ median, low, high }: Estimate, digits: number): string {
  return `${median.toFixed(digits)} (${low.toFixed(digits)}–${high.toFixed(digits)})`;
}

/** Each goal with the figure that it is held against: for the program its processor time, which others on the machine
 *  disturb least. */
function goals({ childGoal }: Workload, { run }: Measured["ways"], hashing: number): readonly string[] {
  if (run === undefined) return [];
  const above = `the command at most 0.3 s and ${hashing.toFixed(2)} s of hashing above it`;
  const said = [
    ...(childGoal === null
      ? []
      : [`the program at most ${childGoal} times plain: ${verdict(run.childProcessor, childGoal, 3)}`]),
    `under 50 MB more for it: ${verdict(run.childMemory, 50, 1)}`,
    `${above}: ${verdict(run.aboveChild, 0.3 + hashing, 2)}`,
  ];
  return said.map((goal) => `  ${goal}`);
}

function verdict(value: Estimate, goal: number, digits: number): string {
  return `${text(value, digits)}, ${value.median <= goal ? "met" : "NOT met"}`;
}
