import type { HookControl } from "../hook.ts";
import type { Variables } from "../variables.ts";

/**
 * What a diagnosing run changes around the command, and nothing else. Everything left out stays as it is. A backend that
 * cannot do a thing says so in `RunResult.conditionsNotMet`; the run goes on without it.
 */
export interface Conditions {
  /** Set over the owner's variables and under those that the project declares; null takes a variable away. */
  readonly variables?: Readonly<Record<string, string | null>>;
  /** Variables for libraries alone: in the environment, but not in Python's os.environ. */
  readonly nativeVariables?: Readonly<Record<string, string>>;
  /** So many variables in os.environ beyond `RunRequest.variableCount`. */
  readonly moreVariables?: number;
  readonly hostname?: string;
  /** Has the tree at another path of that number, the command's folder with it; at its usual place as well. */
  readonly treePath?: number;
  /** A new, empty home folder at another path of that number. */
  readonly home?: number;
  /** Runs as another user id and name than the owner's, the files being that user's; 0 is the owner, named in variables. */
  readonly otherUser?: number;
  readonly umask?: number;
  /** Times of the tree's files (a minute apart): from the oldest to the newest turned round, the first by name the newest, or
   *  all at one time. */
  readonly fileTimes?: "reversed" | "names" | "equal";
  /**
   * Unix time (seconds) at which the clock stands when the command starts; each reading is 1 ms on. By libfaketime where
   * it is there, else for Python's `time` alone. Python's timers (perf_counter and the like) are counters for the code.
   */
  readonly clock?: number;
  /** Processors that it may use, by number. */
  readonly cpus?: readonly number[];
  /** All of it on this processor; what asks for their number is told of those that it would have. */
  readonly oneProcessor?: number;
  /** Addresses without randomisation (personality(2)): 0, 1, 2... are layouts that differ by whole pages. */
  readonly addresses?: number;
  /** Processes started and ended before it, so that its process ids are others. */
  readonly processOffset?: number;
  /** A fresh temporary folder (TMPDIR): 0 is near the usual path, others are elsewhere. */
  readonly temporaryFolder?: number;
  /** False takes the network away. */
  readonly network?: false;
  /**
   * Starts the command in a new, empty folder. The program and the files that its line names are given by their full path;
   * what it leaves in the folder counts as left in the command's own.
   */
  readonly elsewhere?: boolean;
  /** Runs in the tree as an earlier run of the command left it. Who asks gives that run in `RunRequest.after`. */
  readonly secondRun?: boolean;
  readonly control?: Partial<HookControl>;
}

/** The conditions of all together: of one thing that two of them state, the later counts. */
export function mergeConditions(all: readonly Conditions[]): Conditions {
  const variables = Object.assign({}, ...all.map((one) => one.variables)) as Conditions["variables"];
  const native = Object.assign({}, ...all.map((one) => one.nativeVariables)) as Variables;
  const control = Object.assign({}, ...all.map((one) => one.control)) as Partial<HookControl>;
  return {
    ...(Object.assign({}, ...all) as Conditions),
    variables: variables ?? {},
    nativeVariables: native,
    control,
  };
}
