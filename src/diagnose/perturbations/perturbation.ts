import type { CauseKind, Command, Trace } from "../../model/index.ts";
import type { Conditions } from "../../sandbox/index.ts";

/** What a perturbation may know when it makes its choice: nothing of it changes between the runs of one diagnosis. */
export interface PerturbationContext {
  readonly command: Command;
  readonly scope: "copy" | "room";
  /** Whether the command has the network as it usually runs. */
  readonly network: boolean;
  /** Variables that the project sets by itself: these hold, whatever is perturbed. */
  readonly declared: ReadonlySet<string>;
  /** The variables around the command as it usually runs, declared ones apart. */
  readonly inherited: Readonly<Record<string, string>>;
  /** What an earlier run did, where one was traced. */
  readonly trace: Trace | null;
  readonly machine: PerturbedMachine;
}

/** The machine, as far as choices on it depend on what is there. */
export interface PerturbedMachine {
  /** Processors that a command may use, by number. */
  readonly processors: readonly number[];
  /** Installed locales by name, "C" and "POSIX" apart. */
  readonly locales: readonly string[];
  readonly hasZoneNames: boolean;
  readonly timeZone: string;
  readonly umask: number;
  readonly architecture: string;
}

/**
 * One thing that can make two runs differ, and how to change it and nothing else. A run is a vector of choices, one for each
 * perturbation; a choice that is left out leaves that thing free, as it is in a run of the owner's.
 */
export interface Perturbation {
  /** Its kind, or finer where a kind has several. */
  readonly id: string;
  readonly kind: CauseKind;
  readonly title: string;
  /** Whether it varies by itself from one run to the next on one machine, or only from one place to another. */
  readonly varies: "each-run" | "elsewhere";
  /** For the sentence on an experiment: "PYTHONHASHSEED fixed". */
  readonly fixed: string;
  /** "PYTHONHASHSEED changed". */
  readonly freed: string;
  /** Choices beside the reference. */
  readonly choices: number;
  /**
   * The conditions of a choice: 0 is the reference, 1 to `choices` are others, the likeliest to matter first. Each is
   * deterministic: the same number gives the same behaviour in each run. Pure. Others than these are taken modulo.
   */
  readonly apply: (choice: number, context: PerturbationContext) => Conditions;
  /** Why it cannot be varied for this command here, in plain words; null where it can be. */
  readonly notHere?: (context: PerturbationContext) => string | null;
  /** Whether the program touches it by what a trace shows; null where the trace cannot tell. */
  readonly touched?: (trace: Trace) => boolean | null;
  /**
   * True where whatever else is changed moves this a little too: of an output that this alone changes, that another
   * perturbation changes it says nothing.
   */
  readonly followsOthers?: boolean;
  /** True where a run that fails under it says nothing: it needs what was changed, and says so. */
  readonly mayFail?: boolean;
}

export function definePerturbation(perturbation: Perturbation): Perturbation {
  const { choices, apply } = perturbation;
  return {
    ...perturbation,
    apply: (choice, context) => apply(choice === 0 ? 0 : ((choice - 1) % choices) + 1, context),
  };
}

/** Says why a variable cannot be changed where the project sets it itself. */
export function whereDeclared(...names: readonly string[]): (context: PerturbationContext) => string | null {
  return ({ declared }) => {
    const name = names.find((candidate) => declared.has(candidate));
    return name === undefined ? null : `the project sets ${name} itself`;
  };
}

/** What was seen counts; that nothing was seen counts only where all could be seen. */
export function seenIn(trace: Trace, seen: boolean): boolean | null {
  if (seen) return true;
  const { blindProcesses, complete, dropped } = trace.coverage;
  return blindProcesses.length === 0 && complete && dropped === 0 ? false : null;
}

/** Whether the machine was asked by a function of such a name. */
export function askedMachine(trace: Trace, pattern: RegExp): boolean {
  return trace.machineReads.some((touch) => pattern.test(touch.what));
}

/** Whether a variable of such a name was looked at by the project's own code. */
export function lookedAt(trace: Trace, ...names: readonly string[]): boolean {
  return trace.variables.some((variable) => variable.at !== null && names.includes(variable.name));
}

/** One of a list by a choice from 1 on. */
export function chosen<const T>(choice: number, from: readonly [T, ...(readonly T[])]): T {
  return from[(choice - 1) % from.length] ?? from[0];
}
