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

/** Name and width of each column. */
const columns = [
  ["n", 4],
  ["child s", 10],
  ["CPU s", 9],
  ["CPU ratio", 19],
  ["wall ratio", 19],
  ["MB more", 9],
  ["whole s", 10],
  ["whole ratio", 21],
  ["whole s more", 21],
  ["CPU s more", 12],
  ["whole MB", 10],
] as const;

/** One block for each program: a line for each way, medians with their intervals, then what was reached of the goals. */
export function table(all: readonly Measured[]): string {
  return all.map(block).join("\n\n");
}

function block({ workload, ways, hashing }: Measured): string {
  const lines = wayNames.flatMap((way) => {
    const found = ways[way];
    return found === undefined ? [] : [line(wayTitles[way], found, way === "plain")];
  });
  const head = inColumns(
    "",
    columns.map(([name]) => name),
  );
  return [`${workload.title} (${workload.name})`, head, ...lines, ...goals(workload, ways, hashing)].join(
    "\n",
  );
}

function line(title: string, found: Overhead, isPlain: boolean): string {
  const { child, whole, rounds } = found;
  const beside = (shown: string): string => (isPlain ? "" : shown);
  return inColumns(title, [
    String(rounds),
    child.seconds.median.toFixed(3),
    child.processor.median.toFixed(3),
    beside(text(found.childProcessor, 2)),
    beside(text(found.childSeconds, 2)),
    beside(found.childMemory.median.toFixed(1)),
    whole.seconds.median.toFixed(3),
    beside(text(found.wholeSeconds, 2)),
    beside(text(found.wholeMore, 2)),
    beside(found.wholeProcessorMore.median.toFixed(2)),
    whole.peak.median.toFixed(0),
  ]);
}

function inColumns(title: string, cells: readonly string[]): string {
  const padded = columns.map(([, width], index) => (cells[index] ?? "").padStart(width));
  return `${title.padEnd(16)}${padded.join("")}`.trimEnd();
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
