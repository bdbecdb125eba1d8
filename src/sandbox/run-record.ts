import type { Command, Output, Run } from "../model/index.ts";
import { diskFull, isDiskFull, joinPath, type ProcessResult } from "../system/index.ts";
import { contentOutput, exitOutput } from "./console-outputs.ts";
import { fileOutputs, missingOutputs } from "./outputs.ts";
import type { Blobs } from "./request.ts";
import { touchedBetween, type Snapshot } from "./snapshot.ts";

/** What is known of an execution when it has ended. Paths are absolute. */
export interface Ended {
  readonly id: string;
  readonly command: Command;
  readonly blobs: Blobs;
  /** ISO 8601, in UTC. */
  readonly startedAt: string;
  readonly result: ProcessResult;
  readonly timedOut: boolean;
  /** The tree that it ran in, as it was before and as it is now. */
  readonly tree: string;
  readonly before: Snapshot;
  readonly after: Snapshot;
  digestBefore(path: string): string | null;
  /** The folder that took the executed notebook. */
  readonly shared: string;
  readonly stdout: string;
  readonly stderr: string;
  readonly errorTail: string;
  readonly isolation: Run["isolation"];
  readonly python: string;
}

/** The record of a run: what it left and how it ended, its contents kept as blobs. */
export function runRecord(ended: Ended): Run {
  const { command, result, tree, blobs } = ended;
  return {
    schemaVersion: 1,
    id: ended.id,
    command: command.name,
    kind: command.kind,
    startedAt: ended.startedAt,
    durationMs: result.durationMs,
    exitCode: result.exitCode,
    signal: result.signal,
    timedOut: ended.timedOut,
    missingOutputs: missingOutputs(tree, command.outputs),
    outputs: outputsOf(ended),
    stderr: blobs.putFile(ended.stderr),
    errorTail: ended.errorTail,
    isolation: ended.isolation,
    python: ended.python,
  };
}

function outputsOf(ended: Ended): Output[] {
  const touched = touchedBetween(ended.before, ended.after);
  const notebook = joinPath(ended.shared, executedNotebook);
  return [
    ...fileOutputs(ended.tree, touched, ended.blobs, ended.digestBefore),
    ...(ended.command.kind === "notebook" ? contentOutput("notebook", ended, notebook) : []),
    ...contentOutput("stdout", ended, ended.stdout),
    exitOutput(ended.result.exitCode, ended.blobs),
  ];
}

export const executedNotebook = "executed.ipynb";

/** A command that found no room for its outputs says nothing about the project, whether it failed or went on. */
export function refuseFullDisk(directory: string, command: string): void {
  if (isDiskFull(directory)) throw diskFull(`The disk of ${directory} was full when ${command} ended`);
}
