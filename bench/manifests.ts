/** Reading the locks of 1,000 packages, each in a fresh process, beside Python's own readers of the same text, in turn.
 *
 *      node bench/manifests.ts [ROUNDS=9] [PACKAGES=1000]
 *
 *  The table has the whole process, start and load of modules included; the lines above it what reading alone took inside
 *  of it. The peers give the text as tables and no more; PyYAML comes from PyPI, and its C loader is the fastest for Python.
 *  The goal, for reading: under 150 ms and 150 MB each. */
import { execFileSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { condaLockText, poetryLockText, uvLockText } from "./lock-files.ts";
import { benchRoom, measureInTurn, numbersGiven, printTable, type Way } from "./time.ts";

const [rounds = 9, packages = 1000] = numbersGiven(9, 1000);
const room = benchRoom("manifests");
const tools = path.join(room, "tools");
execFileSync("python3", ["-m", "venv", tools]);
const python = path.join(tools, "bin/python");
execFileSync(python, ["-m", "pip", "install", "--quiet", "PyYAML==6.0.3"]);

const goal = "150 ms of reading, 150 MB";
const locks = [
  { file: "uv.lock", text: uvLockText(packages), count: packages },
  { file: "poetry.lock", text: poetryLockText(packages), count: packages },
  { file: "conda-lock.yml", text: condaLockText(packages), count: packages * 3 },
] as const;

for (const { file, text, count } of locks) {
  fs.writeFileSync(path.join(room, file), text);
  const ways: readonly Way[] = [
    { name: peerName(file), argv: [python, "-c", peer(file)] },
    { name: "node, our modules loaded", argv: node("") },
    { name: "rung's reader", argv: node(reading(file, count)), goal },
  ];
  const timings = measureInTurn(room, ways, { rounds });
  const inside = (way: Way): number =>
    median(fs.readFileSync(said(way), "utf8").trim().split("\n").map(Number));
  const [theirs = Number.NaN, , ours = Number.NaN] = ways.map((way) => (way === ways[1] ? 0 : inside(way)));
  console.log(`\n${file}, ${(text.length / 1e6).toFixed(1)} MB, ${count} packages`);
  console.log(
    `reading alone: ${ours.toFixed(0)} ms; ${peerName(file)}: ${theirs.toFixed(0)} ms; ratio ${(ours / theirs).toFixed(2)}`,
  );
  printTable("the whole process", ways, timings);
  for (const way of ways) fs.rmSync(said(way), { force: true });
}

/** Where a program notes the milliseconds that reading took, one line for each run. */
function said({ name }: { readonly name: string }): string {
  return path.join(room, `${name.replaceAll(/\W/gu, "-")}.ms`);
}

function peerName(file: string): string {
  return file.endsWith(".yml") ? "PyYAML CSafeLoader" : "tomllib";
}

function peer(file: string): string {
  const load = file.endsWith(".yml") ? "yaml.load(text, Loader=yaml.CSafeLoader)" : "tomllib.loads(text)";
  return `
import time, ${file.endsWith(".yml") ? "yaml" : "tomllib"}
start = time.perf_counter()
text = open(${JSON.stringify(file)}, encoding="utf-8").read()
value = ${load}
print((time.perf_counter() - start) * 1000, file=open(${JSON.stringify(said({ name: peerName(file) }))}, "a"))
assert len(value["package"]) >= ${packages}`;
}

function node(then: string): Way["argv"] {
  const door = new URL("../src/manifests/index.ts", import.meta.url).href;
  const script = `
    import fs from "node:fs";
    import module from "node:module";
    module.enableCompileCache(${JSON.stringify(path.join(room, "compiled"))});
    const { readManifests } = await import(${JSON.stringify(door)});
    ${then}`;
  return [process.execPath, "--input-type=module", "-e", script];
}

function reading(file: string, count: number): string {
  const report = JSON.stringify(said({ name: "rung's reader" }));
  return `
    const start = performance.now();
    const readFile = (path) => (fs.existsSync(path) ? fs.readFileSync(path, "utf8") : null);
    const [manifest] = readManifests([${JSON.stringify(file)}], readFile);
    fs.appendFileSync(${report}, (performance.now() - start) + "\\n");
    const { requirements, findings } = manifest;
    if (requirements.length !== ${count} || findings.length > 0) throw new Error("read " + requirements.length);`;
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1] ?? Number.NaN;
}
