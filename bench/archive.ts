/** Archives a tree of many small files and a large one, beside `tar | zstd -T0`, in turn.
 *
 *      node bench/archive.ts [FILES=2000] [MEGABYTES=100] [ROUNDS=3]
 *
 *  The goal, at 20,000 files and 1,000 MB: at most twice the time of tar | zstd -T0, under 200 MB of memory. */
import { spawnSync } from "node:child_process";
import crypto from "node:crypto";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";

const [files = 2000, megabytes = 100, rounds = 3] = process.argv.slice(2).map(Number);
const room = fs.mkdtempSync(path.join(os.tmpdir(), "rung-bench-archive-"));
process.on("exit", () => fs.rmSync(room, { recursive: true, force: true }));

const root = path.join(room, "tree");
makeTree(root, files, megabytes * 1e6);
const door = new URL("../src/artifacts/index.ts", import.meta.url).href;
const ours = `
  import { writeArchive, selectFiles } from ${JSON.stringify(door)};
  import { listTree } from ${JSON.stringify(new URL("../src/system/index.ts", import.meta.url).href)};
  const root = ${JSON.stringify(root)};
  const project = { root, git: null, files: listTree(root).entries.filter((entry) => entry.kind === "file") };
  const files = process.env.SELECT ? selectFiles(project).files : project.files;
  const format = process.env.FORMAT;
  await writeArchive({ root, name: "tree", files, format, output: ${JSON.stringify(room)} + "/ours." + format });`;

interface Way {
  readonly name: string;
  readonly argv: readonly [string, ...string[]];
  readonly env?: Record<string, string>;
  readonly output: string;
}
const node = [process.execPath, "--input-type=module", "-e", ours] as const;
const ways: readonly Way[] = [
  {
    name: "tar | zstd -T0",
    argv: ["sh", "-c", `tar -C ${room} -cf - tree | zstd -q -T0 -f -o ${room}/theirs`],
    output: "theirs",
  },
  { name: "rung tar.zst", argv: node, env: { FORMAT: "tar.zst" }, output: "ours.tar.zst" },
  {
    name: "rung tar.zst, with the search for secrets",
    argv: node,
    env: { FORMAT: "tar.zst", SELECT: "1" },
    output: "ours.tar.zst",
  },
  { name: "rung tar.gz", argv: node, env: { FORMAT: "tar.gz" }, output: "ours.tar.gz" },
  { name: "rung zip", argv: node, env: { FORMAT: "zip" }, output: "ours.zip" },
];

const results = new Map<string, { seconds: number[]; peak: number; size: number }>();
for (let round = 0; round < rounds; round += 1) {
  for (const way of ways) {
    const { seconds, peak } = measure(way);
    const result = results.get(way.name) ?? { seconds: [], peak: 0, size: 0 };
    result.seconds.push(seconds);
    result.peak = Math.max(result.peak, peak);
    result.size = fs.statSync(path.join(room, way.output)).size;
    results.set(way.name, result);
  }
}

console.log(
  `${files} files and ${megabytes} MB; ${os.availableParallelism()} processors; median of ${rounds} in turn`,
);
const theirs = median(results.get("tar | zstd -T0")?.seconds ?? []);
for (const [name, { seconds, peak, size }] of results) {
  const time = median(seconds);
  console.log(
    `${name.padEnd(42)} ${time.toFixed(2).padStart(6)} s  ${(time / theirs).toFixed(2).padStart(5)} x  ` +
      `${(peak / 1024).toFixed(0).padStart(5)} MB peak  ${(size / 1e6).toFixed(1).padStart(7)} MB archive`,
  );
}

/** Wall time in seconds and the largest resident set of a process in it, in KiB. */
function measure(way: Way): { seconds: number; peak: number } {
  const report = path.join(room, "report");
  const script = `
import resource, subprocess, sys, time
start = time.perf_counter()
code = subprocess.call(sys.argv[2:])
print(time.perf_counter() - start, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss, file=open(sys.argv[1], "w"))
sys.exit(code)`;
  const { status } = spawnSync("python3", ["-c", script, report, ...way.argv], {
    stdio: "inherit",
    env: { ...process.env, ...way.env },
  });
  if (status !== 0) throw new Error(`${way.name} failed`);
  const [seconds = 0, peak = 0] = fs.readFileSync(report, "utf8").split(" ").map(Number);
  return { seconds, peak };
}

/** Nine tenths of the bytes in small files of CSV, the rest in one file that does not compress. */
function makeTree(root: string, files: number, bytes: number): void {
  const each = Math.floor((bytes * 0.9) / files);
  for (let index = 0; index < files; index += 1) {
    const folder = path.join(root, `part-${index % 100}`);
    if (index < 100) fs.mkdirSync(folder, { recursive: true });
    fs.writeFileSync(path.join(folder, `${index}.csv`), csv(index, each));
  }
  const large = fs.openSync(path.join(root, "large.bin"), "w");
  for (let left = bytes * 0.1; left > 0; left -= 1e6)
    fs.writeSync(large, crypto.randomBytes(Math.min(left, 1e6)));
  fs.closeSync(large);
}

/** Numbers by a small generator of our own, so that every run has the same bytes. */
function csv(seed: number, bytes: number): string {
  let state = seed + 1;
  let text = "";
  while (text.length < bytes) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    text += `${state % 10_000},${(state / 2 ** 32).toFixed(4)},site-${state % 7}\n`;
  }
  return text.slice(0, bytes);
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1] ?? Number.NaN;
}
