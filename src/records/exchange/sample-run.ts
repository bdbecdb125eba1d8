/** For the tests of this room: a run that failed, with names and paths of every kind that makes trouble. */
import type { Output, Run, Trace, TracedFile } from "../../model/index.ts";
import type { RunSource } from "./account.ts";

export const sampleRoot = "/home/ana/my study";
export const sampleHome = "/home/ana";

const digest = (letter: string): string => letter.repeat(64);

const output = (path: string, change: Output["change"], more: Partial<Output> = {}): Output => ({
  kind: "file",
  path,
  change,
  digest: digest("b"),
  size: 3,
  mode: 0o644,
  symlink: false,
  ...more,
});

const file = (path: string, more: Partial<TracedFile> = {}): TracedFile => ({
  path,
  area: "tree",
  read: true,
  written: false,
  listed: false,
  deleted: false,
  processes: ["7"],
  digest: digest("a"),
  size: 3,
  changedWhileRunning: false,
  at: null,
  ...more,
});

const writes = { read: false, written: true, digest: digest("b") };

const run: Run = {
  schemaVersion: 1,
  id: "0b54c9a1-2f6e-4d35-9c1a-6a2f6f8f2d11",
  command: "train",
  kind: "run",
  startedAt: "2026-02-03T04:05:06.007Z",
  durationMs: 1234.56,
  exitCode: 1,
  signal: null,
  timedOut: false,
  missingOutputs: [],
  outputs: [
    output("state.json", "modified"),
    output("results/a:b.txt", "created"),
    output("results/caf\udce9.csv", "created"),
    output("latest", "created", { symlink: true }),
    output("old.tmp", "deleted", { digest: null, size: 0, mode: 0 }),
    output("", "created", { kind: "stdout", digest: digest("c") }),
    output("", "created", { kind: "exit", digest: digest("d") }),
  ],
  stderr: digest("e"),
  errorTail: `  File "${sampleRoot}/train.py", line 3\n  File "${sampleHome}/lib/x.py", line 1\nOSError: https://ana:geheim@host/x`,
  isolation: { kind: "none", scope: "copy", network: true, description: "a fresh copy" },
  python: "3.12.1",
};

const trace: Trace = {
  schemaVersion: 1,
  run: run.id,
  command: run.command,
  root: sampleRoot,
  startedAt: run.startedAt,
  durationMs: run.durationMs,
  coverage: {
    layers: ["audit"],
    blindProcesses: [],
    unseen: ["files that C code opened"],
    dropped: 2,
    complete: false,
  },
  processes: [
    {
      id: "7",
      parent: null,
      executable: `${sampleRoot}/.venv/bin/python`,
      argv: [`${sampleRoot}/.venv/bin/python`, "train.py", "--password", "geheim"],
      cwd: sampleRoot,
      python: "3.12.1",
      startMs: 0,
      endMs: 1200,
      exitCode: 1,
      seenBy: "hook",
    },
    {
      id: "9#2",
      parent: "7",
      executable: "/bin/sh",
      argv: [],
      cwd: sampleRoot,
      python: null,
      startMs: 10.4,
      endMs: null,
      exitCode: null,
      seenBy: "none",
    },
  ],
  files: [
    file("train.py"),
    file("data/été 1.csv", { processes: ["7", "9#2"] }),
    file("state.json", { written: true, processes: ["7", "9#2"], digest: digest("b") }),
    file("growing.log", { changedWhileRunning: true }),
    file(".env"),
    file("old.tmp", { deleted: true, digest: null, size: null }),
    file("ro-crate-metadata.json"),
    file("results/a:b.txt", { ...writes, processes: ["9#2"] }),
    file("/home/ana/shared/reference.csv", { area: "outside" }),
    file("/data/log.txt", { area: "outside", ...writes }),
    file("/usr/lib/x.so", { area: "system" }),
    file("/tmp/scratch", { area: "temporary" }),
  ],
  modules: [
    {
      name: "numpy",
      distribution: "numpy",
      version: "2.1.3",
      file: `${sampleRoot}/.venv/lib/python3.12/site-packages/numpy/__init__.py`,
    },
    {
      name: "pkg_resources",
      distribution: "setuptools",
      version: "75.1",
      file: "/home/ana/env/lib/python3.12/site-packages/pkg_resources/__init__.py",
    },
    {
      name: "setuptools",
      distribution: "setuptools",
      version: "75.1",
      file: "/home/ana/env/lib/python3.12/site-packages/setuptools/__init__.py",
    },
    { name: "odd", distribution: "odd", version: null, file: null },
    { name: "own", distribution: null, version: null, file: "own.py" },
  ],
  variables: [{ name: "HOME", present: true, at: null }],
  hosts: [],
  generators: [],
  entropy: [],
  clocks: [],
  machineReads: [],
  listings: [],
  threads: 0,
  libraries: [],
  machine: {
    platform: "linux-x64",
    cpu: "",
    cpuCount: 1,
    cpuFeatures: [],
    memoryBytes: 0,
    numericalLibraries: [],
    gpus: [],
    locale: "C",
    timeZone: "UTC",
  },
  git: { commit: "0123456789abcdef0123456789abcdef01234567", modified: ["train.py"] },
};

export const sampleRun: RunSource = { run, trace, home: sampleHome, toolVersion: "0.1.0" };
