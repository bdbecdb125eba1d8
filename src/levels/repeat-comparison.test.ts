import fs from "node:fs";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Command, Output, Run } from "../model/index.ts";
import { sampleRun } from "../sandbox/sample-request.ts";
import { openStore, type Store } from "../store/index.ts";
import { temporaryDirectory } from "../system/index.ts";
import { compareWithReference, type CommandComparison } from "./repeat-comparison.ts";
import { readSubject } from "./subject.ts";

let room: ReturnType<typeof temporaryDirectory>;
let root: string;
let store: Store;
beforeEach(() => {
  room = temporaryDirectory("repeat");
  process.env["RUNG_CACHE"] = path.join(room.path, "cache");
  root = path.join(room.path, "project");
  fs.mkdirSync(root);
  store = openStore(root);
});
afterEach(() => {
  store.close();
  room[Symbol.dispose]();
});

interface Left {
  readonly stdout?: string;
  readonly stderr?: string;
  readonly files?: Readonly<Record<string, string>>;
  readonly notebook?: string;
}

function output(kind: Output["kind"], name: string, content: string): Output {
  const digest = store.blobs.put(content);
  return { kind, path: name, change: "created", digest, size: content.length, mode: 0o644, symlink: false };
}

function ran({ stdout = "", stderr = "", files = {}, notebook }: Left): Run {
  return sampleRun({
    command: "go",
    outputs: [
      ...Object.entries(files).map(([name, content]) => output("file", name, content)),
      ...(notebook === undefined ? [] : [output("notebook", "n.ipynb", notebook)]),
      output("stdout", "", stdout),
      output("exit", "", "0\n"),
    ],
    stderr: store.blobs.put(stderr),
  });
}

async function compare(
  one: Left,
  other: Left,
  more: Partial<Command> = {},
  rules = "",
): Promise<CommandComparison> {
  fs.writeFileSync(path.join(root, "rung.toml"), rules);
  const command: Command = {
    name: "go",
    kind: "run",
    run: "python x.py",
    cwd: ".",
    env: {},
    timeoutSeconds: 60,
    needs: [],
    outputs: [],
    network: false,
    fallback: null,
    origin: "declared",
    location: { file: "rung.toml", line: 4 },
    ...more,
  };
  const subject = await readSubject(root, store);
  return compareWithReference(subject, command, ran(one), [ran(other)], store, "ran 2 times");
}

const said = ({ evidence, findings }: CommandComparison): readonly string[] => [
  evidence.status,
  ...findings.map((finding) => finding.rule),
];

describe("a command that leaves nothing", () => {
  const cell = (outputs: readonly unknown[]): string =>
    JSON.stringify({
      cells: [{ cell_type: "code", source: "1", metadata: {}, outputs, execution_count: 1 }],
      metadata: {},
      nbformat: 4,
      nbformat_minor: 5,
    });

  test.each<[string, Left, Partial<Command>]>([
    ["no file and nothing printed", {}, {}],
    ["words on standard error alone", { stderr: "done\n" }, {}],
    ["a blank line", { stdout: " \n" }, {}],
    ["an empty file that nobody declared", { files: { "o.txt": "" } }, {}],
    ["a notebook without outputs", { notebook: cell([]) }, { kind: "notebook", run: "n.ipynb" }],
    ["tests of which none ran", { stderr: "\nRan 0 tests in 0.000s\n\nOK\n" }, { kind: "test" }],
  ])("proves nothing: %s", async (_what, left, command) => {
    const compared = await compare(left, left, command);
    expect(said(compared)).toEqual(["missing", "nothing-to-compare"]);
    expect(compared.evidence.summary).toContain("go ran 2 times: nothing to compare");
    expect(compared.findings[0]).toMatchObject({ severity: "warning", file: "rung.toml", line: 4 });
  });

  test.each<[string, Left, Partial<Command>]>([
    ["text", { stdout: "1\n" }, {}],
    ["a file", { files: { "o.txt": "1" } }, {}],
    ["an empty file that is declared", { files: { "out/done": "" } }, { outputs: ["./out/"] }],
    [
      "a cell's output",
      { notebook: cell([{ output_type: "stream", name: "stdout", text: "1" }]) },
      { kind: "notebook", run: "n.ipynb" },
    ],
    ["unittest's summary", { stderr: "..\n---\nRan 2 tests in 0.001s\n\nOK\n" }, { kind: "test" }],
  ])("is not one that leaves %s", async (_what, left, command) => {
    expect(said(await compare(left, left, command))).toEqual(["proved"]);
  });

  test("is different where the later run left something", async () => {
    expect(said(await compare({}, { stdout: "1\n" }))).toEqual(["failed", "output-differs"]);
  });
});

test("unittest's summary is compared without its time", async () => {
  const summary = (text: string): Left => ({ stderr: `..\n---\n${text}\n` });
  const compared = (one: string, other: string): Promise<CommandComparison> =>
    compare(summary(one), summary(other), { run: "python -m unittest" });
  const passed = "Ran 2 tests in 0.001s\n\nOK (skipped=1)";
  expect(said(await compared(passed, passed.replace("0.001", "0.009")))).toEqual(["proved"]);
  expect(said(await compared(passed, passed.replace("2 tests", "3 tests")))).toEqual([
    "failed",
    "output-differs",
  ]);
});

describe("what a rule ignores", () => {
  const rule = (paths: string): string =>
    `[commands.go]\nrun = "python x.py"\n\n[[compare]]\npaths = [${paths}]\nignore = true\nreason = "a clock"\n`;

  test("is named in the evidence with the owner's reason", async () => {
    const left = (time: string): Left => ({ stdout: "1\n", files: { "log/t.log": time } });
    const compared = await compare(left("1"), left("2"), {}, rule('"log/**"'));
    expect(said(compared)).toEqual(["proved"]);
    expect(compared.evidence.summary).toBe(
      "go ran 2 times: same outputs (2 identical); 1 ignored by rule: log/t.log (a clock)",
    );
  });

  test("leaves nothing to compare where it is everything", async () => {
    const left = (time: string): Left => ({ stdout: time, files: { "o.txt": time } });
    const compared = await compare(left("1"), left("2"), {}, rule('"**", "stdout:*"'));
    expect(said(compared)).toEqual(["missing", "nothing-to-compare"]);
    expect(compared.evidence.summary).toContain("2 ignored by rule: o.txt (a clock), stdout (a clock)");
    expect(compared.findings[0]?.message).toContain("2 ignored by rule");
  });
});

test("a traceback beside exit code 0 is told, whatever the outputs say", async () => {
  const stderr = `Traceback (most recent call last):\n  File "${root}/x.py", line 3, in <module>\nZeroDivisionError: division by zero\n`;
  const compared = await compare({ stdout: "1\n", stderr }, { stdout: "1\n", stderr });
  expect(said(compared)).toEqual(["proved", "traceback-but-exit-0"]);
  expect(compared.findings[0]).toMatchObject({ severity: "warning", file: "x.py", line: 3 });
});
