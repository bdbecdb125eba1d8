import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import fc from "fast-check";
import { afterEach, beforeEach, expect, test } from "vitest";
import { sha256 } from "../system/index.ts";
import { Files } from "./fold/files.ts";
import { followLines } from "./read-lines.ts";
import { traceOf, treeInside } from "./sample-trace.ts";

let folder: string;
beforeEach(() => {
  folder = fs.mkdtempSync(path.join(fs.realpathSync(os.tmpdir()), "rung-trace-test-"));
});
afterEach(() => fs.rmSync(folder, { recursive: true, force: true }));

const start = {
  k: "start",
  p: 5,
  t: 1e9,
  pp: 1,
  x: "/opt/env/bin/python",
  a: ["python", "a.py", "--token=abc"],
  v: "3.13.0",
  c: treeInside,
  l: ["audit", "monitoring"],
};
const end = { k: "end", p: 5, t: 2e9, th: 3 };
const at = [`${treeInside}/a.py`, 7];

test("files are told apart by where they lie, and those of the project have digests", async () => {
  const outside = path.join(os.homedir(), "rung-trace-test-outside.csv");
  fs.writeFileSync(outside, "1,2");
  try {
    const opened = [
      [`${treeInside}/data/in.csv`, "r"],
      [`${treeInside}/data/../data/in.csv`, "r"],
      [`${treeInside}/looked-for.csv`, "r"],
      [`${treeInside}/out.csv`, "w"],
      ["/opt/env/lib/python3.13/site-packages/x/__init__.py", "r"],
      ["/tmp/scratch", "rw"],
      ["/proc/self/status", "r"],
      [outside, "r"],
      [path.join(folder, "run/shared/hook.json"), "r"],
    ].map(([f, m], index) => ({ k: "open", p: 5, t: 1e9 + index, f, m, at }));
    const trace = await traceOf(folder, [start, ...opened, end], { "data/in.csv": "a", "out.csv": "b" });
    const told = trace.files.map(
      (file) => `${file.area} ${file.path} ${file.read ? "r" : ""}${file.written ? "w" : ""}`,
    );
    expect(told).toEqual([
      "tree data/in.csv r",
      "tree out.csv w",
      `outside ${outside} r`,
      "temporary /tmp/scratch rw",
      "system /proc/self/status r",
    ]);
    expect(trace.files.map(({ digest }) => digest)).toEqual([
      sha256("a"),
      sha256("b"),
      sha256("1,2"),
      null,
      null,
    ]);
    expect(trace.files[0]?.at).toEqual({ file: "a.py", line: 7, cell: null });
    expect(trace.files[0]?.processes).toEqual(["5"]);
    expect(trace.files[2]?.changedWhileRunning).toBe(true);
  } finally {
    fs.rmSync(outside);
  }
});

test("a process id that comes again is another process, and secrets on a command line are not kept", async () => {
  const trace = await traceOf(folder, [start, end, { ...start, t: 3e9 }, { ...end, t: 4e9 }]);
  expect(trace.processes.map(({ id, startMs, endMs }) => [id, startMs, endMs])).toEqual([
    ["5", 0, 1000],
    ["5#2", 2000, 3000],
  ]);
  expect(trace.processes[0]?.argv).toEqual(["python", "a.py", "--token=***"]);
  expect(trace.coverage).toMatchObject({ layers: ["audit", "monitoring"], complete: true, dropped: 0 });
  expect(trace.threads).toBe(6);
});

test("a program that was started and did not report is a blind process", async () => {
  const spawn = { k: "spawn", p: 5, t: 1.1e9, x: "/usr/bin/cat", a: ["cat", "data.csv"] };
  const worker = { k: "spawn", p: 5, t: 1.2e9, x: "/opt/env/bin/python", a: ["python", "b.py"] };
  const child = { ...start, p: 6, pp: 5, t: 1.3e9, a: ["python", "b.py"] };
  const trace = await traceOf(folder, [start, spawn, worker, child, { ...end, p: 6 }, end]);
  expect(
    trace.processes.map(({ id, parent, executable, seenBy }) => [id, parent, executable, seenBy]),
  ).toEqual([
    ["5", null, "/opt/env/bin/python", "hook"],
    ["unseen-1", "5", "/usr/bin/cat", "none"],
    ["6", "5", "/opt/env/bin/python", "hook"],
  ]);
  expect(trace.coverage.blindProcesses).toEqual(["unseen-1"]);
});

test("a killed process, and a run that nobody watched, are incomplete; nothing seen is not said to be nothing", async () => {
  const killed = await traceOf(folder, [start]);
  expect(killed.coverage.complete).toBe(false);
  expect(killed.coverage.unseen).toContain("the end of 1 process that was killed");
  const blind = await traceOf(folder, []);
  expect(blind.coverage.complete).toBe(false);
  expect(blind.coverage.unseen[0]).toMatch(/^anything:/u);
});

test("generators: seeds in order, and use without one, in C as well", async () => {
  const trace = await traceOf(folder, [
    start,
    { k: "rng", p: 5, t: 1e9, g: "random", s: "import", d: "a" },
    { k: "seed", p: 5, t: 1e9, g: "random", v: "42", at },
    { k: "draw", p: 5, t: 1e9, g: "random", fn: "random.random", at },
    { k: "count", p: 5, t: 1e9, of: "draw", g: "random", fn: "random.random", at, n: 10 },
    { k: "rng", p: 5, t: 1e9, g: "numpy.random", s: "import", d: "a" },
    { k: "rng", p: 5, t: 2e9, g: "numpy.random", s: "exit", d: "b" },
    { k: "rng", p: 5, t: 1e9, g: "torch", s: "import", d: "a" },
    { k: "rng", p: 5, t: 2e9, g: "torch", s: "exit", d: "a" },
    end,
  ]);
  const place = { file: "a.py", line: 7, cell: null };
  expect(trace.generators).toEqual([
    {
      generator: "random",
      seeds: [{ value: "42", at: place }],
      used: true,
      unseededUse: false,
      draws: [{ what: "random.random", at: place, count: 10 }],
      unseeded: [],
    },
    { generator: "numpy.random", seeds: [], used: true, unseededUse: true, draws: [], unseeded: [] },
    { generator: "torch", seeds: [], used: false, unseededUse: false, draws: [], unseeded: [] },
  ]);
});

test("the N-th cell that a kernel executed is the N-th code cell that is not blank", async () => {
  const code = (source: string | string[]): object => ({
    cell_type: "code",
    source,
    outputs: [],
    metadata: {},
  });
  const cells = [
    code("import time"),
    { cell_type: "markdown", source: "# x" },
    code(" \n"),
    code(["x = 1\n", "y"]),
  ];
  const clock = { k: "clock", p: 5, t: 1e9, fn: "time.time", at: ["cell:2", 2] };
  const trace = await traceOf(
    folder,
    [start, clock, end],
    { "nb/a.ipynb": JSON.stringify({ cells, nbformat: 4 }) },
    { run: "nb/a.ipynb", kind: "notebook" },
  );
  expect(trace.clocks).toEqual([
    { what: "time.time", at: { file: "nb/a.ipynb", line: 2, cell: 3 }, count: 1 },
  ]);
  // That Rung itself reads it is no event.
  expect(trace.files).toMatchObject([{ path: "nb/a.ipynb", area: "tree", read: true }]);
});

test("lines that are no events are counted and left out", async () => {
  const trace = await traceOf(folder, [start, "{", "[]", '{"k":"open"}', "x".repeat(100_000), end]);
  expect(trace.processes).toHaveLength(1);
  expect(trace.coverage).toMatchObject({ dropped: 4, complete: false });
});

const kinds =
  "start fork end open list change import env net spawn dlopen sqlite seed rng draw generator entropy clock machine count lost".split(
    " ",
  );
const anything = fc.anything({ maxDepth: 2, withNullPrototype: false });
const hostile = fc.record(
  {
    k: fc.constantFrom(...kinds),
    p: fc.oneof(fc.nat(4), anything),
    t: fc.oneof(fc.double(), fc.nat()),
    at: fc.oneof(anything, fc.tuple(fc.string(), fc.integer())),
    f: fc.oneof(
      fc.string({ unit: "binary" }),
      fc.constantFrom("/", "..", `${treeInside}/../x`, "/proc/self/mem"),
      anything,
    ),
    g: fc.oneof(fc.constantFrom("__proto__", "constructor", "random"), anything),
    of: fc.oneof(fc.constantFrom("__proto__", "toString", "draw", "clock"), anything),
    n: anything,
    x: anything,
    a: anything,
    fn: anything,
    to: anything,
    m: anything,
  },
  { requiredKeys: ["k"] },
);

test("whatever lines a run writes, reading them never fails", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.oneof(hostile, fc.string()), { maxLength: 30 }), async (lines) => {
      const trace = await traceOf(folder, lines);
      JSON.stringify(trace);
    }),
    { numRuns: 200 },
  );
});

test("what was only looked for takes no room from what was read", () => {
  const files = new Files((file) => file.startsWith("/there/"), 100);
  const open = (file: string, mode = "r"): void => files.open(file, mode, null, null);
  for (let number = 0; number < 60; number += 1) open(`/there/${number}`);
  for (let number = 0; number < 5000; number += 1) open(`/missing/${number}`);
  open("/missing/written", "w");
  for (let number = 60; number < 99; number += 1) open(`/there/${number}`);
  expect(files.dropped).toBe(0);
  const known = files.all().map(({ seen }) => seen);
  expect(known.filter((file) => file.startsWith("/there/"))).toHaveLength(99);
  expect(known).toContain("/missing/written");
  open("/there/one-too-many");
  open("/missing/more");
  expect(files.dropped).toBe(1);
});

test("a file is read while another appends to it, as it would be afterwards", async () => {
  const file = path.join(folder, "lines");
  const lines: string[] = [];
  const followed = followLines(file, 100, (line) => lines.push(line));
  await new Promise((resolve) => setTimeout(resolve, 30));
  fs.writeFileSync(file, "first\nsec");
  await new Promise((resolve) => setTimeout(resolve, 300));
  expect(lines).toEqual(["first"]);
  fs.appendFileSync(file, `ond\n${"x".repeat(200)}\nthird\nopen end`);
  expect(await followed.finish()).toEqual({ lines: 5, broken: 2 });
  expect(lines).toEqual(["first", "second", "third"]);
  expect(await followLines(path.join(folder, "none"), 100, () => {}).finish()).toEqual({
    lines: 0,
    broken: 0,
  });
});
