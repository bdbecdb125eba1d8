import { didFail, readFailedRun, type FailedRun } from "../../diagnose/index.ts";
import {
  commandNamed,
  compareRuns,
  executeAll,
  madeEnvironment,
  needsOf,
  notebookTools,
  ownerVariables,
  readSubject,
  refuseBrokenConfig,
  type Subject,
} from "../../levels/index.ts";
import type { Command, Comparison, Environment, Run } from "../../model/index.ts";
import { projectRoot } from "../../project/index.ts";
import {
  executeCommand,
  type Conditions,
  type HookProbe,
  type RunRequest,
  type RunResult,
} from "../../sandbox/index.ts";
import { openScratchStore, openStore, type Store } from "../../store/index.ts";
import { readTail, temporaryDirectory } from "../../system/index.ts";
import { withOwnCells } from "./own-cells.ts";
import { overlayRun } from "./overlay.ts";

/** How one run is made; what is left out is as the owner has it. */
export interface Setup {
  readonly conditions?: Conditions;
  /** Whether the hook records what the run does. */
  readonly record?: boolean;
  readonly probe?: HookProbe;
  /** Runs whose outputs lie in the tree first, beside those of the command's needs. */
  readonly after?: readonly Run[];
  /** Other contents of files of the copy, by path. */
  readonly edits?: ReadonlyMap<string, string>;
}

export interface LabRun {
  readonly run: Run;
  readonly failed: boolean;
  /** Why it ended early where that may lie in the machine, in words: such a run is no evidence of a difference. */
  readonly cutShort: string | null;
  readonly conditionsNotMet: readonly string[];
}

/** One command of a project, ready to be run again and again. The user's own tree is never written to. */
export interface Lab {
  readonly subject: Subject;
  readonly command: Command;
  readonly environment: Environment;
  readonly store: Store;
  /** Names of the variables that the project sets itself. */
  readonly declaredVariables: ReadonlySet<string>;
  /** The owner's other variables. */
  readonly inheritedVariables: Readonly<Record<string, string>>;
  /** Runs made of the command itself. */
  readonly runs: number;
  /** Why a command that this one needs failed; then this one cannot run. */
  readonly failedNeed: FailedRun | null;
  /**
   * Runs the command once in a fresh copy. `read` looks at what the run left (its trace, its probes) before the copy goes.
   * A run that the system killed, or whose kernel did not start, is made once more.
   */
  run<T>(setup: Setup, read: ReadRun<T>): Promise<LabRun & { readonly left: T }>;
  /** What differs between two runs, by the rules of every proof; empty where they are the same. */
  differences(one: Run, other: Run): Promise<readonly Comparison[]>;
  /** What is known of a run that failed. */
  explain(run: Run): FailedRun;
  [Symbol.dispose](): void;
}

/** Looks at what a run left while its copy is still there. */
export type ReadRun<T> = (result: RunResult, request: RunRequest) => Promise<T> | T;

/**
 * Reads the project in `directory`, makes its environment, and runs once what the command needs before it. Throws
 * ToolError: UNKNOWN_COMMAND, CONFIG_INVALID, ENVIRONMENT_FAILED and those of a run.
 */
export async function openLab(
  directory: string,
  name: string,
  progress: (message: string) => void,
): Promise<Lab> {
  const subject = await subjectAt(directory);
  const command = commandNamed(name, subject);
  const environment = await madeEnvironment(subject, progress);
  const work = temporaryDirectory("lab");
  const store = openScratchStore(work.path);
  const dispose = (): void => {
    store.close();
    work[Symbol.dispose]();
  };
  try {
    const variables = ownerVariables(subject.project.config.variables, process.env);
    const common = { subject, environment, variables, store, workDirectory: work.path };
    const tools = await notebookTools([command], environment, progress);
    const needs = await runNeeds(command, common, progress);
    const base = { ...common, command: { ...command, needs: [] }, tools, after: needs.after };
    return labOf(base, command, needs.failed, dispose);
  } catch (error) {
    dispose();
    throw error;
  }
}

async function subjectAt(directory: string): Promise<Subject> {
  const store = openStore(projectRoot(directory));
  try {
    const subject = await readSubject(directory, store);
    refuseBrokenConfig(subject);
    return subject;
  } finally {
    store.close();
  }
}

interface Common {
  readonly subject: Subject;
  readonly environment: Environment;
  readonly variables: Readonly<Record<string, string>>;
  readonly store: Store;
  readonly workDirectory: string;
}

async function runNeeds(
  command: Command,
  common: Common,
  progress: (message: string) => void,
): Promise<{ readonly after: readonly Run[]; readonly failed: FailedRun | null }> {
  const { commands } = common.subject.project;
  const names = new Set(needsOf(command, commands));
  if (names.size === 0) return { after: [], failed: null };
  const execution = await executeAll({
    ...common,
    commands: commands.filter((candidate) => names.has(candidate.name)),
    tree: common.subject.project.root,
    scope: "copy",
    network: () => true,
    progress,
    label: "what it needs",
  });
  const [failed] = execution.failures.values();
  return { after: [...execution.runs.values()], failed: failed ?? null };
}

/** Variables that the conditions of a run may add: more than those of all perturbations. */
const mostOfConditions = 48;

/** How often a run is made that the machine did not let end. */
const mostAttempts = 2;

/** How long a run may take, in seconds, where another took so long: a change that hangs a command is not waited out. */
function patience(seconds: number, { conditions, probe }: Setup): number {
  // Nothing but what is around it was changed: it should take about as long.
  const isAlike = conditions !== undefined && probe === undefined;
  return isAlike ? 10 + seconds * 5 : Math.max(20, seconds * 20);
}

function labOf(
  base: Common & Pick<RunRequest, "command" | "tools" | "after">,
  command: Command,
  failedNeed: FailedRun | null,
  dispose: () => void,
): Lab {
  const { subject, store } = base;
  const { root } = subject.project;
  const declared = new Set([...Object.keys(base.variables), ...Object.keys(command.env)]);
  const inherited = Object.entries(process.env).flatMap(([name, value]) =>
    value === undefined || declared.has(name) ? [] : [[name, value] as const],
  );
  // Conditions set some: how many there are must not hang on which.
  const variableCount = Object.keys(process.env).length + declared.size + mostOfConditions;
  let runs = 0;
  let quickest = Number.POSITIVE_INFINITY;
  return {
    subject,
    command,
    environment: base.environment,
    store,
    declaredVariables: declared,
    inheritedVariables: Object.fromEntries(inherited),
    failedNeed,
    get runs() {
      return runs;
    },
    async run(setup, read) {
      for (let attempt = 1; ; attempt += 1) {
        runs += 1;
        using work = temporaryDirectory("run", base.workDirectory);
        const request = { ...requestOf(base, setup), workDirectory: work.path };
        const timeoutSeconds = Math.min(command.timeoutSeconds, patience(quickest, setup));
        const result = await executeCommand({ ...request, command: { ...request.command, timeoutSeconds } });
        const { cutShort, conditionsNotMet } = result;
        const run = setup.probe === undefined ? result.run : withOwnCells(result.run, root, store.blobs);
        if (cutShort !== null && !run.timedOut && attempt < mostAttempts) continue;
        const failed = didFail(run);
        if (!failed) quickest = Math.min(quickest, run.durationMs / 1000);
        return { run, failed, cutShort, conditionsNotMet, left: await read(result, request) };
      }
    },
    async differences(one, other) {
      const comparisons = await compareRuns(subject, command, one, other, store);
      return comparisons.filter(({ verdict }) => verdict === "different");
    },
    explain(run) {
      const end = run.stderr === null ? "" : readTail(store.blobs.path(run.stderr), 64 * 1024);
      return readFailedRun(run, command, end, subject);
    },
    [Symbol.dispose]: dispose,
  };

  function requestOf(from: typeof base, setup: Setup): Omit<RunRequest, "workDirectory"> {
    const { record = false, probe = null, conditions, edits } = setup;
    const hooked = record || probe !== null;
    const edited = edits === undefined || edits.size === 0 ? [] : [overlayRun(edits, root, store.blobs)];
    return {
      command: from.command,
      root,
      tree: root,
      scope: "copy",
      environment: from.environment,
      tools: from.tools,
      variables: from.variables,
      variableCount,
      after: [...from.after, ...(setup.after ?? []), ...edited],
      network: true,
      blobs: store.blobs,
      ...(hooked ? { hook: { record, seed: null, forceSeed: false, control: null, probe } } : {}),
      ...(conditions === undefined ? {} : { conditions }),
    };
  }
}
