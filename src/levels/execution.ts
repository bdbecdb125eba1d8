import type { FailedProject } from "../diagnose/index.ts";
import type { Command, Environment, Isolation, Trace } from "../model/index.ts";
import { executeCommand, type RunRequest } from "../sandbox/index.ts";
import type { Store } from "../store/index.ts";
import { temporaryDirectory } from "../system/index.ts";
import { packTrace, readTrace } from "../trace/index.ts";
import { observeSettings } from "../trace/watching.ts";
import { inTurn, type Turns } from "./in-turn.ts";
import { notebookTools } from "./notebook-tools.ts";

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

export interface Execution extends Turns {
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
  const overlayImports = new Set<string>();
  const traces = new Map<string, Trace>();
  const turns = await inTurn(request, async (command, after) => {
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
      after,
      network: request.network(command),
      blobs: store.blobs,
      workDirectory: work.path,
      onProgress: progress,
      ...(request.record === true ? { hook: observeSettings() } : {}),
    };
    const result = await executeCommand(asked);
    for (const module of result.overlayImports) overlayImports.add(module);
    const trace = request.record === true ? await readTrace(asked, result, request.subject.project) : null;
    if (trace === null) return result.run;
    traces.set(command.name, trace);
    return { ...result.run, trace: store.blobs.put(packTrace(trace)) };
  });
  const [first] = turns.runs.values();
  return {
    ...turns,
    overlayImports: [...overlayImports].sort(),
    isolation: first?.isolation ?? null,
    traces,
  };
}
