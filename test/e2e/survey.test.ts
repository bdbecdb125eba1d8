import { spawn } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { surveySchema } from "../../src/model/schemas.ts";
import type { SurveyProject } from "../../src/model/index.ts";
import { environmentWith, launch, projectWith, rung, type Said } from "../support/cli.ts";

const timeout = 60_000;
const counts = { compared: 0, identical: 0, normalised: 0, tolerance: 0, different: 0 };
const token = `${Math.floor(Math.random() * 1e9) + 1e9}`;
const endless = `import subprocess\nsubprocess.run(["sleep", "${token}"])\n`;

let fleet: ReturnType<typeof projectWith>;
const at = (name: string): string => path.join(fleet.root, name);
beforeEach(() => {
  fleet = projectWith({
    "good/rung.toml": '[commands.main]\nrun = "python3 main.py"\n',
    "good/main.py": "print(1)\n",
    "broken/rung.toml": '[commands.main]\nrun = "python3 main.py"\n',
    "broken/main.py": "import json\n\nraise KeyError('price')\n",
    "empty/README.md": "nothing\n",
    "list.txt": "good # the first\nbroken\nempty\ngone\n",
  });
});
afterEach(() => fleet[Symbol.dispose]());

function survey(...words: readonly string[]): Said & { readonly found: readonly SurveyProject[] } {
  const said = rung(["survey", at("list.txt"), "--state", at("state"), "--json", ...words]);
  return { ...said, found: said.code === 0 ? surveySchema.parse(JSON.parse(said.stdout)) : [] };
}

const processes = (): readonly string[] =>
  fs.readdirSync("/proc").filter((id) => {
    if (!/^\d+$/u.test(id)) return false;
    try {
      return fs.readFileSync(`/proc/${id}/cmdline`, "utf8").includes(token);
    } catch {
      return false;
    }
  });

test("check reads each project, and a missing one stops no other", { timeout }, () => {
  const { code, found, stderr, stdout } = survey("--verb", "check");
  expect(code).toBe(0);
  expect(found.map(({ project, level }) => [project, level])).toEqual([
    ["good", null],
    ["broken", null],
    ["empty", null],
    ["gone", null],
  ]);
  expect(found[2]?.cause).toBe("Nothing was found that could be run");
  expect(found[3]?.cause).toContain("is not a folder");
  // The contract's keys stand first, in its order.
  const [first] = JSON.parse(stdout) as readonly Record<string, unknown>[];
  expect(Object.keys(first ?? {}).slice(0, 3)).toEqual(["project", "level", "entries"]);
  const [entry] = (first?.["entries"] ?? []) as readonly Record<string, unknown>[];
  expect(Object.keys(entry ?? {}).slice(0, 6)).toEqual(["name", "kind", "ran", "seconds", "cells", "cause"]);
  expect(entry).toMatchObject({ name: "main", kind: "run", ran: null, cells: counts, cause: null });
  expect(stderr.match(/^\[\d\/4\] /gmu)).toHaveLength(4);
});

test("what was found is kept until the project, the question or the version changes", { timeout }, () => {
  const kept = (said: Said): readonly string[] =>
    [...said.stderr.matchAll(/^\[\d\/4\] (\w+): .*\(kept from before\)$/gmu)]
      .map(([, name = ""]) => name)
      .sort();
  expect(kept(survey("--verb", "check"))).toEqual([]);
  expect(kept(survey("--verb", "check"))).toEqual(["broken", "empty", "good"]);
  fs.writeFileSync(at("good/main.py"), "print(2)\n");
  expect(kept(survey("--verb", "check"))).toEqual(["broken", "empty"]);
  expect(kept(survey("--verb", "check", "--fresh"))).toEqual([]);
  fs.writeFileSync(at("entries.json"), '{"good": ["python3 main.py"]}');
  expect(kept(survey("--verb", "check", "--entries", at("entries.json")))).toEqual(["broken", "empty"]);
});

test("prove runs what each has, and names the cause with its place", { timeout }, () => {
  fs.writeFileSync(at("entries.json"), '{"good": ["python3 main.py", "nb:absent.ipynb"]}');
  const { found } = survey(
    "--verb",
    "prove",
    "--level",
    "0",
    "--entries",
    at("entries.json"),
    "--csv",
    at("a.csv"),
  );
  const [good, broken] = found;
  expect(good).toMatchObject({ level: 0, cause: null });
  expect(good?.entries).toMatchObject([
    { name: "python3 main.py", ran: true, cause: null },
    { name: "nb:absent.ipynb", kind: "notebook", ran: null, cause: expect.stringContaining("own commands") },
  ]);
  expect(broken?.level).toBe(-1);
  expect(broken?.entries[0]).toMatchObject({
    ran: false,
    cause: expect.stringMatching(/^main\.py:3: .*price/u),
  });
  const rows = fs.readFileSync(at("a.csv"), "utf8").split("\r\n");
  expect(rows[0]).toMatch(/^project,level,entry,kind,ran,seconds,cells_compared,/u);
  expect(rows.map((row) => row.split(",")[0])).toEqual([
    "project",
    "good",
    "good",
    "broken",
    "empty",
    "gone",
    "",
  ]);
});

test("one that does not end is ended, and the others are finished", { timeout }, () => {
  fs.writeFileSync(at("broken/main.py"), endless);
  const { found } = survey("--verb", "prove", "--level", "0", "--timeout", "6", "--jobs", "2");
  expect(found.map(({ level }) => level)).toEqual([0, null, null, null]);
  expect(found[1]?.cause).toBe("the time limit of 6 s for one project was reached");
  expect(processes()).toEqual([]);
});

describe.skipIf(!fs.existsSync("/proc/self/cmdline"))("interrupted (needs /proc)", () => {
  test("it ends what runs and keeps what is finished", { timeout }, async () => {
    fs.writeFileSync(at("broken/main.py"), endless);
    const temporary = at("temporary");
    fs.mkdirSync(temporary);
    const words = [
      "survey",
      at("list.txt"),
      "--state",
      at("state"),
      "--verb",
      "prove",
      "--level",
      "0",
      "--jobs",
      "1",
    ];
    const [program = "", ...rest] = [...launch, ...words];
    const child = spawn(program, rest, {
      env: environmentWith({ TMPDIR: temporary }),
      stdio: "pipe",
      detached: true,
    });
    const ended = new Promise((resolve) => child.once("close", resolve));
    while (processes().length === 0) await new Promise((resolve) => setTimeout(resolve, 50));
    child.kill("SIGINT");
    expect(await ended).toBe(130);
    expect(processes()).toEqual([]);
    expect(fs.readdirSync(temporary)).toEqual([]);
    fs.writeFileSync(at("broken/main.py"), "print(3)\n");
    const { stderr, found } = survey("--verb", "prove", "--level", "0");
    expect(stderr).toMatch(/good: level 0.*\(kept from before\)/u);
    expect(found.map(({ level }) => level)).toEqual([0, 0, null, null]);
  });
});

test.each([
  [["survey"], "Nothing to survey"],
  [["survey", ".", "--verb", "dance"], "not what a survey can do"],
  [["survey", ".", "--jobs", "none"], "--jobs takes a whole number"],
  [["survey", ".", "--as-of", "soon"], "is no date"],
])("%j is wrong use", (words, said) => {
  expect(rung(words)).toMatchObject({ code: 2, stderr: expect.stringContaining(said) });
});
