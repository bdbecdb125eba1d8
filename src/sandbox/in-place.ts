import { ToolError } from "../model/index.ts";
import {
  isDirectory,
  joinPath,
  makeDirectory,
  now,
  realPath,
  runProcess,
  shellLine,
  type TreeEntry,
} from "../system/index.ts";
import { tailOf } from "./error-tail.ts";
import { hookFolder, installHook } from "./hook.ts";
import { programFolders } from "./python.ts";
import type { RunRequest, RunResult } from "./request.ts";
import { listedSnapshot, takeSnapshot } from "./snapshot.ts";
import { runRecord } from "./run-record.ts";
import { copyVariables } from "./variables.ts";

/** What a run in the owner's own tree needs beside the request. */
export interface InPlace {
  readonly id: string;
  /** Where its standard output goes on to. */
  readonly output: "stdout" | "stderr";
  /** The file that gets each line that it prints as it comes: see relay/relay_output.py. */
  readonly lines: string;
  /** The sha256 of what a path held before; null where that is not known. */
  readonly digestBefore: (path: string) => string | null;
  /** The files of the tree as they were listed just now, and the folders that were left out whole. */
  readonly listed: { readonly entries: readonly TreeEntry[]; readonly omitted: readonly string[] };
}

/** The folder that a run in place shares with the command: what the hook leaves is in it, by the names of `hookFiles`. */
export function sharedInPlace({ workDirectory }: Pick<RunRequest, "workDirectory">): string {
  return joinPath(workDirectory, "run", "shared");
}

const relay = joinPath(import.meta.dirname, "relay/relay_output.py");

/**
 * Runs a shell line of the project in the owner's own tree (`request.root`), at the owner's terminal, with the environment
 * entered, and says what it did. What it prints passes through unchanged. Throws ToolError.
 */
export async function runInPlace(request: RunRequest, here: InPlace): Promise<RunResult> {
  const { command, environment } = request;
  const tree = realPath(request.root) ?? request.root;
  const shared = sharedInPlace(request);
  makeDirectory(shared);
  const own = {
    ...copyVariables(environment, programFolders(environment).folders),
    ...request.variables,
    ...command.env,
  };
  const place = { hookFolder, sharedInside: shared, treeInside: tree };
  const line = [command.run, shellLine(request.arguments ?? [])].filter(Boolean).join(" ");
  const watcher = request.watcher?.(shared) ?? [];
  const cwd = joinPath(tree, command.cwd);
  if (!isDirectory(cwd))
    throw new ToolError("PATH_UNREADABLE", `${cwd}, where ${command.name} is to run, is not a folder`, {
      hint: "Give the command another `cwd` in rung.toml.",
    });
  const { executable } = environment.interpreter;
  const before = listedSnapshot(tree, here.listed);
  const startedAt = now();
  const result = await runProcess(
    [executable, "-I", "-S", relay, shared, here.lines, ...watcher, "/bin/sh", "-c", line],
    {
      cwd,
      env: request.hook === undefined ? own : installHook(request.hook, place, shared, own),
      inherit: here.output,
    },
  );
  const stdout = joinPath(shared, "stdout");
  const stderr = joinPath(shared, "stderr");
  const after = takeSnapshot(tree, before);
  const run = runRecord({
    id: here.id,
    command,
    blobs: request.blobs,
    startedAt,
    result,
    timedOut: false,
    tree,
    before,
    after,
    digestBefore: here.digestBefore,
    shared,
    stdout,
    stderr,
    errorTail: result.exitCode === 0 ? "" : tailOf(stderr),
    isolation: {
      kind: "none",
      scope: "place",
      network: true,
      description: "in the owner's own tree, apart from nothing",
    },
    python: environment.interpreter.version,
  });
  return {
    run,
    tree,
    treeInside: tree,
    after,
    shared,
    cutShort: null,
    conditionsNotMet: [],
    overlayImports: [],
    notCopied: [],
  };
}
