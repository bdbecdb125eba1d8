/** What the benches share: a room that vanishes, programs measured in turn, and the table that they print. */
import { execFileSync, spawnSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";

/** One thing that is measured. */
export interface Way {
  readonly name: string;
  readonly argv: readonly [string, ...string[]];
  readonly cwd?: string;
  /** Beside what the bench itself was given. */
  readonly env?: Readonly<Record<string, string>>;
  /** Brings back the state that each round starts from; not measured. */
  readonly before?: () => void;
  /** Exit codes that are no failure; 0 alone where left out. */
  readonly exitCodes?: readonly number[];
  /** What was asked of it, in words; printed beside what was measured. */
  readonly goal?: string;
  /** The name of the way that its ratio is taken to; the first one where left out. */
  readonly against?: string;
}

export interface Timing {
  /** The median, in seconds. */
  readonly seconds: number;
  /** The best of all rounds, in seconds: what it takes where nothing else runs. */
  readonly best: number;
  /** Processor time of all its threads and processes, in seconds: what a busy machine changes least. */
  readonly processor: number;
  /** The largest resident set of a process in it, in MB. */
  readonly peak: number;
}

/** The root of the checkout, where `rung` lies. */
export const checkout = path.resolve(import.meta.dirname, "..");

/** A folder of its own for one bench, removed when the bench ends. */
export function benchRoom(name: string): string {
  const room = fs.mkdtempSync(path.join(os.tmpdir(), `rung-bench-${name}-`));
  process.on("exit", () => fs.rmSync(room, { recursive: true, force: true }));
  return room;
}

/** Puts a folder under Git with all that it holds. */
export function commitAll(root: string): void {
  const owner = ["-c", "user.name=Bench", "-c", "user.email=bench@localhost"];
  for (const step of [
    ["init", "-q"],
    ["add", "-A"],
    [...owner, "commit", "-q", "-m", "Start"],
  ]) {
    execFileSync("git", step, { cwd: root });
  }
}

/** Runs each way in turn, `rounds` times after `warmUps` that do not count, so that a busy machine is shared fairly. */
export function measureInTurn(
  room: string,
  ways: readonly Way[],
  { rounds, warmUps = 1 }: { readonly rounds: number; readonly warmUps?: number },
): ReadonlyMap<string, Timing> {
  const samples = new Map<string, Omit<Timing, "best">[]>(ways.map((way) => [way.name, []]));
  for (let round = -warmUps; round < rounds; round += 1) {
    for (const way of ways) {
      way.before?.();
      const timing = measure(room, way);
      if (round >= 0) samples.get(way.name)?.push(timing);
    }
  }
  return new Map(
    Array.from(samples, ([name, taken]) => [
      name,
      {
        seconds: median(taken.map((each) => each.seconds)),
        best: Math.min(...taken.map((each) => each.seconds)),
        processor: median(taken.map((each) => each.processor)),
        peak: Math.max(...taken.map((each) => each.peak)),
      },
    ]),
  );
}

const nothing: Timing = { seconds: Number.NaN, best: Number.NaN, processor: Number.NaN, peak: Number.NaN };

/** Prints a line for each way: seconds, what it takes more than the one it stands against, their ratio, its best round,
 *  processor time, memory, goal. */
export function printTable(title: string, ways: readonly Way[], timings: ReadonlyMap<string, Timing>): void {
  const width = Math.max(...ways.map((way) => way.name.length));
  console.log(`${title}; ${os.availableParallelism()} processors, Node ${process.versions.node}; medians`);
  console.log(`${"".padEnd(width)}   seconds      more     ratio      best     CPU s   peak MB   goal`);
  for (const { name, goal = "", against = ways[0]?.name ?? name } of ways) {
    const { seconds, best, processor, peak } = timings.get(name) ?? nothing;
    const base = timings.get(against)?.seconds ?? Number.NaN;
    const cells = [
      seconds.toFixed(3),
      name === against ? "" : `${((seconds - base) * 1000).toFixed(0)} ms`,
      name === against ? "" : (seconds / base).toFixed(2),
      best.toFixed(3),
      processor.toFixed(2),
      peak.toFixed(0),
    ];
    console.log(
      `${name.padEnd(width)}${cells.map((cell) => cell.padStart(10)).join("")}   ${goal}`.trimEnd(),
    );
  }
}

/** The whole numbers given on the command line, each with what stands for it where it is left out. */
export function numbersGiven(...otherwise: readonly number[]): readonly number[] {
  const given = process.argv.slice(2).map(Number);
  return otherwise.map((number, index) => given[index] ?? number);
}

/** Node cannot ask for the memory of a child that has ended; Python can. */
const measuring = `
import resource, subprocess, sys, time
start = time.perf_counter()
code = subprocess.call(sys.argv[3:], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=open(sys.argv[2], "w"))
seconds = time.perf_counter() - start
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print(seconds, used.ru_utime + used.ru_stime, used.ru_maxrss, code, file=open(sys.argv[1], "w"))`;

/** Runs one way once; throws where it fails. */
export function measure(room: string, way: Way): Omit<Timing, "best"> {
  const report = path.join(room, "report");
  const said = path.join(room, "stderr");
  const { error } = spawnSync("python3", ["-c", measuring, report, said, ...way.argv], {
    cwd: way.cwd ?? room,
    env: { ...process.env, ...way.env },
  });
  if (error !== undefined) throw error;
  const numbers = fs.readFileSync(report, "utf8").split(" ").map(Number);
  const [seconds = Number.NaN, processor = Number.NaN, kibibytes = Number.NaN, code = 0] = numbers;
  if (!(way.exitCodes ?? [0]).includes(code)) {
    throw new Error(`${way.name} ended with ${code}: ${fs.readFileSync(said, "utf8").slice(-2000)}`);
  }
  return { seconds, processor, peak: (kibibytes * 1024) / 1e6 };
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1] ?? Number.NaN;
}
