import {
  didFail,
  explainCause,
  readFailedRun,
  type FailedProject,
  type FailedRun,
} from "../diagnose/index.ts";
import type { Command, Environment, Finding, Isolation, Run, Trace } from "../model/index.ts";
import { executeCommand, type RunRequest } from "../sandbox/index.ts";
import type { Store } from "../store/index.ts";
import { readTail, temporaryDirectory } from "../system/index.ts";
import { packTrace, readTrace } from "../trace/index.ts";
import { observeSettings } from "../trace/watching.ts";
import { notebookTools } from "./notebook-tools.ts";
import { inOrder, needsOf } from "./order.ts";

export interface ExecutionRequest {
  readonly commands: readonly Command[];
  readonly subject: FailedProject;
  /** The folder that each run gets a copy of. */
  readonly tree: string;
  readonly scope: "copy" | "room";
  readonly environment: Environment;
  readonly variables: Readonly<Record<string, string>>;
  /** Says whether a command may reach the network; asked in room scope only. */
  readonly network: (command: Command) => boolean;
  readonly store: Store;
  readonly workDirectory: string;
  readonly progress: (message: string) => void;
  /** "run 1 of 2", for progress. */
  readonly label: string;
  /** Each run is observed, and its trace kept. */
  readonly record?: boolean;
}

export interface Execution {
  /** By command name, in running order; commands whose needs failed are not there. */
  readonly runs: ReadonlyMap<string, Run>;
  readonly findings: readonly Finding[];
  readonly failed: readonly string[];
  /** By command name, what is known of the runs that failed. */
  readonly failures: ReadonlyMap<string, FailedRun>;
  /** Modules that a notebook imported from what Rung itself brought. */
  readonly overlayImports: readonly string[];
  readonly isolation: Isolation | null;
  /** By command name, what the observed runs did. */
  readonly traces: ReadonlyMap<string, Trace>;
}

/** Runs every command once, each in its own fresh copy of the tree with the outputs of its needs laid over it. */
export async function executeAll(request: ExecutionRequest): Promise<Execution> {
  const { commands, store, progress } = request;
  const tools = await notebookTools(commands, request.environment, progress);
  const runs = new Map<string, Run>();
  const findings: Finding[] = [];
  const failed: string[] = [];
  const failures = new Map<string, FailedRun>();
  const overlayImports = new Set<string>();
  const traces = new Map<string, Trace>();
  for (const command of inOrder(commands)) {
    const needs = needsOf(command, commands);
    if (needs.some((need) => failed.includes(need))) {
      failed.push(command.name);
      continue;
    }
    progress(`${request.label}: ${command.name}`);
    using work = temporaryDirectory("run", request.workDirectory);
    const asked: RunRequest = {
      command,
      root: request.subject.project.root,
      tree: request.tree,
      scope: request.scope,
      environment: request.environment,
      tools,
      variables: request.variables,
      after: needs.flatMap((need) => runs.get(need) ?? []),
      network: request.network(command),
      blobs: store.blobs,
      workDirectory: work.path,
      onProgress: progress,
      ...(request.record === true ? { hook: observeSettings() } : {}),
    };
    const result = await executeCommand(asked);
    const trace = request.record === true ? await readTrace(asked, result, request.subject.project) : null;
    const run = trace === null ? result.run : { ...result.run, trace: store.blobs.put(packTrace(trace)) };
    if (trace !== null) traces.set(command.name, trace);
    store.saveRun(run);
    runs.set(command.name, run);
    for (const module of result.overlayImports) overlayImports.add(module);
    if (!didFail(result.run)) continue;
    const failure = readFailedRun(result.run, command, endOf(result.run, store), request.subject);
    findings.push(explainCause(failure));
    failures.set(command.name, failure);
    failed.push(command.name);
  }
  const [first] = runs.values();
  return {
    runs,
    findings,
    failed,
    failures,
    overlayImports: [...overlayImports].sort(),
    isolation: first?.isolation ?? null,
    traces,
  };
}

const readBytes = 64 * 1024;

function endOf({ stderr }: Run, { blobs }: Store): string {
  return stderr === null ? "" : readTail(blobs.path(stderr), readBytes);
}
