/** For the tests of this room and those above it: a request over a real folder and a real Python, with what each test changes. */
import { spawnSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import type { Command, Environment, Output, Run } from "../model/index.ts";
import { hashFile, sha256, toNative } from "../system/index.ts";
import type { RunRequest, RunResult } from "./request.ts";

export interface Sample {
  /** A folder that goes after the test. */
  readonly folder: string;
  readonly root: string;
  request(command: Partial<Command>, more?: Partial<RunRequest>): RunRequest;
  /** The content of an output as text. */
  text(result: RunResult, path: string, kind?: Output["kind"]): string;
  remove(): void;
}

export function makeSample(files: Readonly<Record<string, string>> = {}): Sample {
  const folder = fs.mkdtempSync(path.join(fs.realpathSync(os.tmpdir()), "rung-sandbox-test-"));
  const root = path.join(folder, "project");
  const blobFolder = path.join(folder, "blobs");
  const workDirectory = path.join(folder, "work");
  for (const directory of [root, blobFolder, workDirectory]) fs.mkdirSync(directory);
  for (const [name, content] of Object.entries(files)) {
    fs.mkdirSync(path.dirname(path.join(root, name)), { recursive: true });
    fs.writeFileSync(path.join(root, name), content);
  }
  const blob = (digest: string): string => path.join(blobFolder, digest);
  const blobs: RunRequest["blobs"] = {
    put(bytes) {
      fs.writeFileSync(blob(sha256(bytes)), bytes);
      return sha256(bytes);
    },
    putFile(file) {
      const digest = hashFile(file);
      fs.copyFileSync(toNative(file), blob(digest));
      return digest;
    },
    copyTo: (digest, target) => fs.copyFileSync(blob(digest), toNative(target)),
  };
  return {
    folder,
    root,
    request: (command, more = {}) => ({
      command: sampleCommand(command),
      root,
      tree: root,
      scope: "copy",
      environment: bareEnvironment(),
      tools: { notebookPython: null, kernelOverlay: null, readOnlyPaths: [] },
      variables: {},
      after: [],
      network: false,
      blobs,
      workDirectory,
      ...more,
    }),
    text(result, wanted, kind = "file") {
      const output = result.run.outputs.find((one) => one.kind === kind && one.path === wanted);
      return output?.digest ? fs.readFileSync(blob(output.digest), "utf8") : "(none)";
    },
    remove: () => fs.rmSync(folder, { recursive: true, force: true }),
  };
}

/** A run that did nothing, with what each test changes. */
export function sampleRun(changes: Partial<Run>): Run {
  return {
    schemaVersion: 1,
    id: "1",
    command: "sample",
    kind: "run",
    startedAt: "2026-01-01T00:00:00.000Z",
    durationMs: 1,
    exitCode: 0,
    signal: null,
    timedOut: false,
    missingOutputs: [],
    outputs: [],
    stderr: null,
    errorTail: "",
    isolation: { kind: "none", scope: "copy", network: true, description: "" },
    python: "3.13.0",
    ...changes,
  };
}

export function sampleCommand(changes: Partial<Command>): Command {
  return {
    name: "sample",
    kind: "run",
    run: "true",
    cwd: ".",
    env: {},
    timeoutSeconds: 30,
    needs: [],
    outputs: [],
    network: false,
    fallback: null,
    origin: "declared",
    location: null,
    ...changes,
  };
}

let bare: Environment | undefined;

/** The Python on PATH as it says of itself. */
export function bareEnvironment(): Environment {
  if (bare !== undefined) return bare;
  const script =
    "import json,platform,sys;print(json.dumps([sys.executable,platform.python_version(),sys.base_prefix]))";
  const said = spawnSync("python3", ["-c", script], { encoding: "utf8" }).stdout;
  const [executable = "", version = "", basePrefix = ""] = JSON.parse(said) as string[];
  bare = {
    source: "interpreter",
    prefix: basePrefix,
    binDirectory: path.dirname(executable),
    interpreter: { executable, version, implementation: "CPython", basePrefix },
    digest: null,
    description: "the Python on PATH",
    packages: {},
  };
  return bare;
}
