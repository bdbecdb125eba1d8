/** What watching costs: six programs plain, under `rung run`, `rung run --deep`, `reprozip trace` and `strace -f`, in turn.
 *
 *      node bench/overhead.ts [--runs 15] [--peer-runs 5] [--only PROGRAM] [--ways WAY,WAY] [--python PYTHON] [--json]
 *
 *  PROGRAM is imports, training, opens, processes, cpu or notebook, and may be repeated; two more are run where they are named
 *  alone: million-events and 100,000-children. WAY is plain, hook (the hook without Rung), run, deep, reprozip or strace; the
 *  last three take part in some of the rounds only. Each figure is a median with its interval, of the program itself and of
 *  the whole command; ratios are taken round by round. The goals: the program at most 5 % slower (twice for 20,000 opens),
 *  under 50 MB more, the whole command at most 0.3 s and the digests of inputs above that. */
import { createHash } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { parseArgs } from "node:util";
import { programEnvironment, reprozip } from "./overhead/environments.ts";
import { overhead, type Figures, type Sample } from "./overhead/samples.ts";
import { table, type Measured } from "./overhead/table.ts";
import { type Subject, watched, type WayName, peerWays, usualWays, wayNames } from "./overhead/ways.ts";
import { layOut, type Workload, workloads } from "./overhead/workloads.ts";
import { benchRoom, measure } from "./time.ts";

const { values } = parseArgs({
  options: {
    runs: { type: "string", default: "15" },
    only: { type: "string", multiple: true, default: [] },
    "peer-runs": { type: "string", default: "5" },
    ways: { type: "string", default: usualWays.join(",") },
    python: { type: "string", default: "python3" },
    json: { type: "boolean", default: false },
  },
});
const runs = Number(values.runs);
const every = Math.max(1, Math.floor(runs / Math.max(1, Number(values["peer-runs"]))));
const ways = wayNames.filter((way) => way === "plain" || values.ways.split(",").includes(way));
const chosen = workloads.filter(({ name, isLarge }) =>
  values.only.length === 0 ? isLarge !== true : values.only.includes(name),
);
if (chosen.length === 0) throw new Error(`no program is called ${values.only.join(" or ")}`);
const room = benchRoom("overhead");
const prefix = programEnvironment(values.python);
const packer = ways.includes("reprozip") ? reprozip(values.python) : null;
const entered = {
  VIRTUAL_ENV: prefix,
  PATH: `${path.join(prefix, "bin")}:${process.env["PATH"] ?? ""}`,
  // One thread: how many there are is the library's choice, and a machine that others use gives each its turn.
  OMP_NUM_THREADS: "1",
  OPENBLAS_NUM_THREADS: "1",
};

const all = chosen.map(measureWorkload);
process.stdout.write(values.json ? `${JSON.stringify(all, null, 2)}\n` : `${table(all)}\n`);

function measureWorkload(workload: Workload): Measured {
  const root = path.join(room, workload.name);
  const report = path.join(room, "child");
  const program = [
    path.join(prefix, "bin/python"),
    "-I",
    "-S",
    path.join(import.meta.dirname, "overhead/measure_child.py"),
    report,
    path.join(prefix, "bin/python"),
    ...workload.words,
  ] as const;
  layOut(workload, root, program.join(" "));
  const subject: Subject = { root, program, scratch: path.join(room, "scratch"), reprozip: packer };
  const samples = new Map<WayName, Sample[]>(ways.map((way) => [way, []]));
  // The first round warms the caches, ours too, and does not count; beside what runs for minutes they are nothing.
  for (let round = workload.isLarge === true ? 0 : -1; round < runs; round += 1) {
    // Each way is first in turn: what one leaves in the machine's caches is not always for the same one.
    const turn = (round + ways.length) % ways.length;
    for (const way of [...ways.slice(turn), ...ways.slice(0, turn)]) {
      if (peerWays.includes(way) && (round < 0 || round % every !== 0)) continue;
      const { argv, env } = watched(way, subject);
      const whole = measure(room, {
        name: `${way}, ${workload.name}`,
        argv,
        cwd: root,
        env: { ...entered, ...env },
      });
      if (round >= 0) samples.get(way)?.push({ round, child: childFigures(report), whole });
      fs.rmSync(report, { force: true });
    }
    process.stderr.write(`\r${workload.name}: ${round + 1} of ${runs}  `);
  }
  process.stderr.write("\n");
  const plain = samples.get("plain") ?? [];
  const found = Array.from(samples, ([way, taken]) => [way, overhead(taken, plain)] as const);
  const { files: _files, ...shown } = workload;
  return {
    workload: { ...shown, files: {} },
    ways: Object.fromEntries(found),
    hashing: hashingSeconds(root),
  };
}

function childFigures(report: string): Figures {
  const numbers = fs.readFileSync(report, "utf8").split(" ").map(Number);
  const [seconds = Number.NaN, processor = Number.NaN, kibibytes = Number.NaN, code = 1] = numbers;
  if (code !== 0) throw new Error(`the program ended with ${code}`);
  return { seconds, processor, peak: (kibibytes * 1024) / 1e6 };
}

/** What it takes to read and digest the inputs of a program once. */
function hashingSeconds(root: string): number {
  const before = performance.now();
  for (const file of fs.readdirSync(path.join(root, "data")))
    createHash("sha256")
      .update(fs.readFileSync(path.join(root, "data", file)))
      .digest("hex");
  return (performance.now() - before) / 1000;
}
