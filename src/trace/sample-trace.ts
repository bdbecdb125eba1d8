/** For the tests of this room: a run without a command, whose events are what a test says. */
import fs from "node:fs";
import path from "node:path";
import type { Trace } from "../model/index.ts";
import { hookFiles, type RunRequest, type RunResult } from "../sandbox/index.ts";
import { sampleCommand, sampleRun } from "../sandbox/sample-request.ts";
import { readTrace } from "./read-trace.ts";

export const treeInside = "/home/someone/project";

/** The trace of these lines (objects become JSON), over a tree of these files. */
export async function traceOf(
  folder: string,
  lines: readonly (string | object)[],
  files: Readonly<Record<string, string>> = {},
  more: { readonly run?: string; readonly kind?: "run" | "notebook" } = {},
): Promise<Trace> {
  const tree = path.join(folder, "run/tree");
  const shared = path.join(folder, "run/shared");
  fs.mkdirSync(shared, { recursive: true });
  for (const [name, content] of Object.entries(files)) {
    fs.mkdirSync(path.dirname(path.join(tree, name)), { recursive: true });
    fs.writeFileSync(path.join(tree, name), content);
  }
  const text = lines.map((line) => (typeof line === "string" ? line : JSON.stringify(line))).join("\n");
  fs.writeFileSync(path.join(shared, hookFiles.events), `${text}\n`);
  const request = { ...sampleRequest(folder, more), tree };
  const result: RunResult = {
    run: sampleRun({ id: "1234", kind: more.kind ?? "run", durationMs: 1000 }),
    tree,
    treeInside,
    shared,
    cutShort: null,
    conditionsNotMet: [],
    overlayImports: [],
    notCopied: [],
  };
  return readTrace(request, result, { git: null });
}

/** A request to run a command with a Python that is not there, in a tree that is not there. */
export function sampleRequest(
  workDirectory: string,
  more: { readonly run?: string; readonly kind?: "run" | "notebook" } = {},
): RunRequest {
  return {
    command: sampleCommand({ kind: more.kind ?? "run", run: more.run ?? "python a.py" }),
    root: treeInside,
    tree: treeInside,
    scope: "copy",
    environment: {
      source: "own",
      prefix: "/opt/env",
      binDirectory: "/opt/env/bin",
      interpreter: {
        executable: "/opt/env/bin/python",
        version: "3.13.0",
        implementation: "CPython",
        basePrefix: "/opt/python",
      },
      digest: null,
      description: "",
      packages: {},
    },
    tools: { notebookPython: null, kernelOverlay: null, readOnlyPaths: [] },
    variables: {},
    after: [],
    network: false,
    blobs: { put: () => "", putFile: () => "", copyTo: () => {} },
    workDirectory,
  };
}
