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
