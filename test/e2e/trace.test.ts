import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Ladder, Trace } from "../../src/model/index.ts";
import { rung } from "../support/cli.ts";
import { soundProject } from "../support/sound-project.ts";

let folder: string;
let root: string;
let outside: string;
let proved: Ladder;

beforeAll(() => {
  folder = fs.mkdtempSync(path.join(fs.realpathSync(os.tmpdir()), "rung-e2e-trace-"));
  outside = path.join(os.homedir(), `rung-e2e-outside-${process.pid}.txt`);
  fs.writeFileSync(outside, "1");
  root = path.join(folder, "project");
  const files = {
    "requirements.txt": "# nothing is needed\n",
    "rung.toml": '[commands.count]\nrun = "python3 count.py"\noutputs = ["out.txt"]\n',
    "count.py": [
      "import random, subprocess, time",
      "started = time.time()",
      "random.seed(7)",
      `text = open("in.txt").read() + open(${JSON.stringify(outside)}).read()`,
      'subprocess.run(["true"])',
      'open("out.txt", "w").write("%d %s" % (len(text), random.random()))',
    ].join("\n"),
    "in.txt": "hello",
  };
  for (const [name, text] of Object.entries(files)) {
    fs.mkdirSync(root, { recursive: true });
    fs.writeFileSync(path.join(root, name), text);
  }
  proved = JSON.parse(rung(["prove", "0", root, "--json"]).stdout) as Ladder;
}, 60_000);

afterAll(() => {
  fs.rmSync(folder, { recursive: true, force: true });
  fs.rmSync(outside, { force: true });
});

describe("rung trace", () => {
  test("shows the latest run of a command on one screen", () => {
    const { code, stdout } = rung(["trace", "count", root]);
    expect(code).toBe(0);
    expect(stdout.split("\n").length).toBeLessThan(60);
    for (const shown of [
      "python3 count.py",
      "true  (not watched)",
      "in.txt  5 B",
      "out.txt",
      outside,
      "seed 7 count.py:3",
      "time.time  count.py:2",
      "not seen:",
    ])
      expect(stdout).toContain(shown);
  });

  test("gives the record as JSON, by the beginning of the run's id", () => {
    const first = JSON.parse(rung(["trace", "count", root, "--json"]).stdout) as Trace;
    const same = JSON.parse(rung(["trace", first.run.slice(0, 8), root, "--json"]).stdout) as Trace;
    expect(same).toEqual(first);
    expect(same).toMatchObject({ schemaVersion: 1, command: "count", root });
    expect(JSON.stringify(same)).not.toContain(process.env["PATH"] ?? "no path");
  });

  test("draws files and processes", () => {
    const dot = rung(["trace", "count", root, "--graph", "dot"]).stdout;
    expect(dot).toMatch(/^digraph "count" \{\n/u);
    expect(dot).toMatch(/"f:tree:in\.txt" -> "p:\d+";/u);
    expect(dot).toMatch(/"p:\d+" -> "f:tree:out\.txt";/u);
    expect(rung(["trace", "count", root, "--graph", "text"]).stdout).toContain("<- in.txt");
  });

  test("its findings stand beside the level that was proved", () => {
    const [ground, guided] = proved.rungs;
    expect(ground?.verdict).toBe("met");
    // What others do not have counts from level 1 on.
    const found = guided?.findings.find(({ rule }) => rule === "undeclared-input");
    expect(found).toMatchObject({ severity: "warning", file: "count.py", line: 4 });
    expect(found?.message).toContain(outside);
    expect(ground?.findings.map(({ rule }) => rule)).not.toContain("unseeded-use");
  });

  test("a name under which nothing was observed is told with what to do", () => {
    const { code, stderr } = rung(["trace", "nothing", root]);
    expect(code).toBe(5);
    expect(stderr).toContain('No run is kept under "nothing"');
    expect(rung(["trace", "count", folder]).code).toBe(5);
  });
});

describe("where nothing isolates, a level above 0 rests on what was seen of its runs", () => {
  const prove = (name: string, line: string): Ladder => {
    const place = path.join(folder, name);
    fs.mkdirSync(place);
    const files: Readonly<Record<string, string>> = {
      ...soundProject,
      "main.py": `print(sum([1, 2, 3]))\n${line}\n`,
    };
    for (const [file, text] of Object.entries(files)) fs.writeFileSync(path.join(place, file), text);
    return JSON.parse(
      rung(["prove", "2", place, "--json"], { env: { RUNG_ISOLATION: "none" } }).stdout,
    ) as Ladder;
  };
  const watchedAt1 = (ladder: Ladder): string[] =>
    (ladder.rungs[1]?.evidence ?? []).filter(({ id }) => id === "watched:main").map(({ status }) => status);

  test("a run that stays within its room is proof", () => {
    const ladder = prove("within", "open('data.json')");
    expect(ladder.rungs.slice(0, 3).map(({ verdict }) => verdict)).toEqual(["met", "met", "met"]);
  });

  test("a read outside is none", () => {
    const ladder = prove("outside", `open(${JSON.stringify(outside)})`);
    expect(ladder.rungs[1]?.verdict).toBe("unmet");
    expect(watchedAt1(ladder)).toEqual(["failed"]);
  });

  test("a program that nobody watched leaves the level unknown", () => {
    const ladder = prove("blind", "import subprocess\nsubprocess.run(['true'])");
    expect(ladder.rungs[1]?.verdict).toBe("unknown");
    expect(watchedAt1(ladder)).toEqual(["missing"]);
  });
});
