/** Shows by experiment that each planted program differs where its truth says so, and nowhere else.
 *
 *      node bench/planted/verify.ts [NAME ...] [--jobs N] [--python PYTHON]
 *
 *  Linux, as root, with a C compiler, util-linux, iproute2 and localedef; PYTHON is a 3.11 with the requirements that the
 *  programs share. Nothing of Rung is used. In each pinned run hash seed, randomness, clock, addresses, process numbers,
 *  threads, zone, locale, places and names are the same; then one condition at a time is changed:
 *  - two pinned runs are the same;
 *  - a condition changes the outputs if and only if a cause of its kind is planted;
 *  - three plain runs, nothing pinned, all differ where `seen` is "why", and are all the same elsewhere.
 *  Two kinds escape the pins, and only some of this is asked of them: of a race of threads, that plain runs differ; of
 *  addresses, which move with the size of anything, that their own condition shows them. */
import { execFileSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { parseArgs } from "node:util";
import { conditionsFor } from "./conditions.ts";
import { differences, type Outcome, run, type Tools } from "./experiment.ts";
import { type Program, plantedPrograms } from "./programs.ts";

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { jobs: { type: "string", default: "2" }, python: { type: "string", default: "python3.11" } },
});
const room = fs.mkdtempSync("/dev/shm/rung-planted-");
process.on("exit", () => fs.rmSync(room, { recursive: true, force: true }));
const pins = path.join(room, "pins.so");
execFileSync("cc", ["-shared", "-fPIC", "-O2", path.join(import.meta.dirname, "pins.c"), "-o", pins, "-ldl"]);
const locales = path.join(room, "locales");
fs.mkdirSync(locales);
execFileSync("localedef", ["-i", "de_DE", "-f", "ISO-8859-1", path.join(locales, "de_DE")]);

const kinds = new Set(conditionsFor(locales, room).flatMap((condition) => condition.kinds));
const waiting = [...plantedPrograms(positionals)];
let shown = 0;
const wrong: string[] = [];
await Promise.all(
  Array.from({ length: Number(values.jobs) }, (_, index) => worker(path.join(room, `${index}`))),
);
console.log(`${shown} programs do as their truth says; ${wrong.length} do not`);
for (const line of wrong) console.log(line);
process.exitCode = wrong.length === 0 ? 0 : 1;

async function worker(place: string): Promise<void> {
  const tools: Tools = { python: values.python, pins, place };
  fs.mkdirSync(place);
  for (let program = waiting.shift(); program !== undefined; program = waiting.shift()) {
    const faults = [...faultsOfTruth(program), ...(await faultsOf(program, tools))];
    if (faults.length === 0) shown += 1;
    else wrong.push(...faults.map((fault) => `${program?.name}: ${fault}`));
    console.log(`${faults.length === 0 ? "ok   " : "WRONG"} ${program.name} ${faults.join("; ")}`.trimEnd());
  }
}

async function faultsOf(program: Program, tools: Tools): Promise<readonly string[]> {
  const faults: string[] = [];
  const planted = new Set(program.causes.map(({ kind }) => kind));
  const plain = [];
  for (let round = 0; round < 3; round += 1) plain.push(await run(program, "plain", tools));
  const [first, second, third] = plain as [Outcome, Outcome, Outcome];
  if (first.get("exit code") !== "0") return [`fails: ${first.get("stderr")}`];
  const differing = [differences(first, second), differences(second, third), differences(first, third)];
  const changed = differing.filter(({ length }) => length > 0).length;
  if (changed !== (program.seen === "why" ? 3 : 0)) faults.push(`${changed} of 3 pairs of plain runs differ`);
  if (planted.has("threads") && program.seen === "why") return faults;

  const before = await run(program, {}, tools);
  if (before.get("exit code") !== "0") return [`fails when pinned: ${before.get("stderr")}`];
  const unstable = differences(before, await run(program, {}, tools));
  if (unstable.length > 0) faults.push(`pinned runs differ in ${unstable.join(", ")}`);
  for (const condition of conditionsFor(locales, tools.place)) {
    const expected = condition.kinds.some((kind) => planted.has(kind));
    if (planted.has("memory-address") && !expected) continue;
    const reached = new Set<string>();
    for (const change of condition.changes) {
      const after = await run(program, change, tools);
      // Most programs cannot start in another folder; that tells nothing of their results.
      const cannotStart = condition.name === "working-directory" && after.get("exit code") !== "0";
      if (!cannotStart) for (const output of differences(before, after)) reached.add(output);
    }
    if (reached.size > 0 !== expected)
      faults.push(`${condition.name} changes ${[...reached].join(", ") || "nothing"}`);
  }
  return faults;
}

/** What can be told without running: each place exists, and its kind is one of ours. */
function faultsOfTruth(program: Program): readonly string[] {
  const faults = program.causes.flatMap(({ kind, file, line, cell }) => {
    const text = fs.readFileSync(path.join(program.root, file), "utf8");
    const lines = cell === undefined ? text.split("\n") : cellLines(text, cell);
    const found = (lines[line - 1] ?? "").trim() !== "" && kinds.has(kind);
    return found ? [] : [`there is no ${kind} at ${file}:${line}`];
  });
  if (program.causes.length > 0 !== (program.seen !== undefined)) faults.push("seen is not as its causes");
  return faults;
}

function cellLines(text: string, number: number): readonly string[] {
  const notebook = JSON.parse(text) as { cells: { cell_type: string; source: string[] }[] };
  const cell = notebook.cells.filter(({ cell_type }) => cell_type === "code")[number - 1];
  return (cell?.source ?? []).join("").split("\n");
}
