import {
  didFail,
  explainCause,
  readFailedRun,
  type FailedProject,
  type FailedRun,
} from "../diagnose/index.ts";
import type { Command, Finding, Run } from "../model/index.ts";
import type { Store } from "../store/index.ts";
import { readTail } from "../system/index.ts";
import { inOrder, needsOf } from "./order.ts";

export interface Turns {
  /** By command name, in running order; commands whose needs failed are not there. */
  readonly runs: ReadonlyMap<string, Run>;
  readonly findings: readonly Finding[];
  readonly failed: readonly string[];
  /** By command name, what is known of the runs that failed. */
  readonly failures: ReadonlyMap<string, FailedRun>;
}

/** Runs every command once by `step`, which gets the runs that the command needs; keeps each run, and why it failed. */
export async function inTurn(
  { commands, subject, store }: { commands: readonly Command[]; subject: FailedProject; store: Store },
  step: (command: Command, after: readonly Run[]) => Promise<Run>,
): Promise<Turns> {
  const runs = new Map<string, Run>();
  const findings: Finding[] = [];
  const failed: string[] = [];
  const failures = new Map<string, FailedRun>();
  for (const command of inOrder(commands)) {
    const needs = needsOf(command, commands);
    if (needs.some((need) => failed.includes(need))) {
      failed.push(command.name);
      continue;
    }
    const after = needs.flatMap((need) => runs.get(need) ?? []);
    const run = await step(command, after);
    store.saveRun(run);
    runs.set(command.name, run);
    if (!didFail(run)) continue;
    const failure = readFailedRun(run, command, endOf(run, store), subject);
    findings.push(explainCause(failure));
    failures.set(command.name, failure);
    failed.push(command.name);
  }
  return { runs, findings, failed, failures };
}

const readBytes = 64 * 1024;

function endOf({ stderr }: Run, { blobs }: Store): string {
  return stderr === null ? "" : readTail(blobs.path(stderr), readBytes);
}
