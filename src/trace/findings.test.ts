import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { expect, test } from "vitest";
import type { Trace } from "../model/index.ts";
import { traceFindings, type Declared } from "./findings.ts";
import { traceOf, treeInside } from "./sample-trace.ts";

const nothing: Declared = { network: false, places: [] };

async function found(lines: readonly object[], declared: Declared, source = ""): Promise<readonly string[]> {
  const folder = fs.mkdtempSync(path.join(fs.realpathSync(os.tmpdir()), "rung-trace-test-"));
  try {
    return told(await traceOf(folder, lines, { "a.py": source }), declared);
  } finally {
    fs.rmSync(folder, { recursive: true });
  }
}

const told = (trace: Trace, declared: Declared): readonly string[] =>
  traceFindings(trace, declared).map(({ rule, file, line }) => `${rule} ${file ?? ""}:${line ?? ""}`);

const at = [`${treeInside}/a.py`, 2];
const event = (fields: object): object => ({ p: 5, t: 1e9, at, ...fields });

test("hosts elsewhere are told where the command declares no network", async () => {
  const hosts = ["example.org", "127.0.0.1", "::1", "localhost"].map((h) =>
    event({ k: "net", how: "connect", h, o: "443" }),
  );
  expect(await found(hosts, nothing)).toEqual(["undeclared-network a.py:2"]);
  expect(await found(hosts, { ...nothing, network: true })).toEqual([]);
});

test("data outside the tree is told, unless a declared variable leads there", async () => {
  const place = fs.mkdtempSync(path.join(os.homedir(), "rung-trace-data-"));
  try {
    fs.writeFileSync(path.join(place, "x.csv"), "");
    const read = [event({ k: "open", f: path.join(place, "x.csv"), m: "r" })];
    expect(await found(read, nothing)).toEqual(["undeclared-input a.py:2"]);
    expect(await found(read, { ...nothing, places: [place] })).toEqual([]);
    const write = [event({ k: "open", f: path.join(place, "x.csv"), m: "w" })];
    expect(await found(write, nothing)).toEqual(["output-outside a.py:2"]);
    expect(await found([event({ k: "open", f: path.join(place, "none"), m: "r" })], nothing)).toEqual([]);
  } finally {
    fs.rmSync(place, { recursive: true });
  }
});

test("a generator is told where it was drawn from without a seed, and not where a library was imported", async () => {
  const draw = event({ k: "draw", g: "numpy", fn: "rand" });
  const seed = event({ k: "seed", g: "numpy", v: "1" });
  expect(await found([draw], nothing, "x\nrand()")).toEqual(["unseeded-use a.py:2"]);
  expect(await found([draw], nothing, "x\nimport y")).toEqual([]);
  expect(await found([seed, draw], nothing, "x\nrand()")).toEqual([]);
  expect(await found([draw, seed], nothing, "x\nrand()")).toEqual(["unseeded-use a.py:2"]);
  // A seed that the system drew sets nothing that would be the same again.
  expect(await found([event({ k: "seed", g: "numpy", v: null }), draw], nothing)).toContain(
    "unseeded-use a.py:2",
  );
});

test("a state that moved tells of draws in C, and not of what libraries do at import or what a fork does", async () => {
  const state = (s: string, d: string, more: object = {}): object =>
    event({ k: "rng", g: "random", s, d, at: undefined, ...more });
  const unseeded = ["unseeded-use :"];
  expect(await found([state("import", "a"), state("exit", "b")], nothing)).toEqual(unseeded);
  expect(await found([state("import", "a"), state("exit", "a")], nothing)).toEqual([]);
  // From 3.12 on probes stand around an import, before it the draw says that it was made there.
  const around = [state("import", "a"), state("loading", "a"), state("loaded", "b"), state("exit", "b")];
  expect(await found(around, nothing)).toEqual([]);
  expect(await found([...around, state("exit", "c")], nothing)).toEqual(unseeded);
  const imported = event({ k: "draw", g: "random", fn: "getrandbits", im: true });
  expect(await found([state("import", "a"), imported, state("exit", "b")], nothing, "x\ny")).toEqual([]);
  // A seed leads to a state: what moves after it was seeded.
  const seed = event({ k: "seed", g: "random", v: "1" });
  expect(
    await found([state("import", "a"), seed, state("seeded", "b"), state("exit", "c")], nothing),
  ).toEqual([]);
  // `random` seeds itself from the system in a forked child, whatever its parent had.
  const fork = [event({ k: "fork", n: 6, pp: 5, p: 6, at: undefined }), state("fork", "b", { p: 6 })];
  const draw = event({ k: "draw", g: "random", fn: "random", p: 6 });
  expect(await found([seed, ...fork, state("exit", "c", { p: 6 })], nothing)).toEqual([]);
  expect(await found([seed, ...fork, draw], nothing, "x\ny")).toEqual(["unseeded-use a.py:2"]);
});
