import type { FailedRun } from "../diagnose/index.ts";
import { executeAll } from "../levels/index.ts";
import type { Command, Environment, Run } from "../model/index.ts";
import type { Workshop } from "./workshop.ts";

export interface RanEntry {
  readonly run: Run;
  /** Null where it did what it should. */
  readonly failed: FailedRun | null;
}

export interface RunSettings {
  /** "round 2", for progress. */
  readonly label: string;
  readonly progress: (message: string) => void;
  /** What a command gets at most. */
  readonly timeoutSeconds: number;
}

/** Runs commands in clean rooms without network, each in its own copy of the tree. By the commands' names. */
export async function runEntries(
  workshop: Workshop,
  due: readonly Command[],
  environment: Environment,
  { label, progress, timeoutSeconds }: RunSettings,
): Promise<ReadonlyMap<string, RanEntry>> {
  const { subject, store, tree, directory } = workshop;
  const commands = due.map((command) => ({
    ...command,
    timeoutSeconds: Math.min(command.timeoutSeconds, timeoutSeconds),
  }));
  const execution = await executeAll({
    commands,
    subject,
    tree,
    scope: "room",
    environment,
    variables: defaultsOf(workshop),
    network: () => false,
    store,
    workDirectory: directory,
    progress,
    label,
  });
  const ran = new Map<string, RanEntry>();
  for (const command of commands) {
    const run = execution.runs.get(command.name);
    if (run === undefined) continue;
    ran.set(command.name, { run, failed: execution.failures.get(command.name) ?? null });
  }
  return ran;
}

/** Declared variables alone, each with its default: what others get. */
function defaultsOf({ subject }: Workshop): Readonly<Record<string, string>> {
  const declared = Object.entries(subject.project.config.variables);
  return Object.fromEntries(
    declared.flatMap(([name, variable]) =>
      variable.default === undefined ? [] : [[name, String(variable.default)]],
    ),
  );
}
