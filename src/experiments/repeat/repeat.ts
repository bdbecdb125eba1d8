import { didFail } from "../../diagnose/index.ts";
import { compareWithReference } from "../../levels/index.ts";
import type { Comparison, Difference, Run, Sameness } from "../../model/index.ts";
import { openLab, type Lab } from "../lab/lab.ts";
import { confidenceOf, type Confidence } from "./confidence.ts";

export interface RepeatOptions {
  /** Runs to make, at least two. */
  readonly runs: number;
  /** How many go on at once. */
  readonly jobs: number;
  readonly progress: (message: string) => void;
}

/** How one output fared in the later runs, each held against the first. */
export interface RepeatedOutput {
  readonly output: string;
  /** The worst of all. */
  readonly verdict: Sameness;
  /** In how many runs it was so. */
  readonly counts: Readonly<Record<Sameness, number>>;
  readonly rules: readonly string[];
  /** The first place of the first run that differs. */
  readonly difference: Difference | null;
}

export interface Repetition {
  readonly schemaVersion: 1;
  readonly command: string;
  readonly verdict: "same" | "different" | "failed" | "nothing-to-compare";
  readonly runs: number;
  /** Later runs in which any output differs from the first run's. */
  readonly differing: number;
  readonly failed: number;
  readonly outputs: readonly RepeatedOutput[];
  /** Null where runs differ: then there is nothing to be confident of. */
  readonly confidence: Confidence | null;
  /** What is known of the first run that failed. */
  readonly errorTail: string;
}

/** Runs a command again and again in fresh copies, and says of every output in how many runs it was the same. */
export async function repeat(directory: string, name: string, options: RepeatOptions): Promise<Repetition> {
  const lab = await openLab(directory, name, options.progress);
  try {
    if (lab.failedNeed !== null) return ofFailed(name, lab.failedNeed.run.errorTail);
    const runs = await makeRuns(lab, options);
    return await judge(lab, runs);
  } finally {
    lab[Symbol.dispose]();
  }
}

async function makeRuns(lab: Lab, { runs, jobs, progress }: RepeatOptions): Promise<readonly Run[]> {
  const made: Run[] = [];
  const failed = new Set<Run>();
  let started = 0;
  const worker = async (): Promise<void> => {
    // One that fails from the start would fail n times.
    while (started < runs && (made[0] === undefined || !failed.has(made[0]))) {
      started += 1;
      const one = await lab.run({}, () => null);
      made.push(one.run);
      if (one.failed) failed.add(one.run);
      const seconds = (one.run.durationMs / 1000).toFixed(1);
      progress(`run ${made.length} of ${runs}: ${one.failed ? "failed" : "ended well"} after ${seconds} s`);
    }
  };
  await Promise.all(Array.from({ length: jobs }, worker));
  return made;
}

async function judge(lab: Lab, runs: readonly Run[]): Promise<Repetition> {
  const { command, subject, store } = lab;
  const [reference, ...later] = runs;
  const failures = runs.filter(didFail);
  if (reference === undefined || failures.includes(reference))
    return ofFailed(command.name, reference?.errorTail ?? "", runs.length, failures.length);
  const each: Comparison[][] = [];
  let isEmpty = false;
  for (const run of later) {
    const compared = await compareWithReference(subject, command, reference, [run], store, "");
    each.push([...compared.comparisons]);
    isEmpty = compared.evidence.status === "missing";
  }
  const differing = each.filter((one) => one.some(({ verdict }) => verdict === "different")).length;
  const same = differing === 0 && failures.length === 0;
  return {
    schemaVersion: 1,
    command: command.name,
    verdict: !same ? "different" : isEmpty ? "nothing-to-compare" : "same",
    runs: runs.length,
    differing,
    failed: failures.length,
    outputs: outputsOf(each.flat()),
    confidence: same && !isEmpty ? confidenceOf(later.length) : null,
    errorTail: failures[0]?.errorTail ?? "",
  };
}

const worstFirst: readonly Sameness[] = ["different", "tolerance", "normalised", "identical"];

function outputsOf(comparisons: readonly Comparison[]): readonly RepeatedOutput[] {
  const byOutput = Map.groupBy(comparisons, ({ output }) => output);
  return Array.from(byOutput, ([output, found]) => {
    const count = (wanted: Sameness): number => found.filter(({ verdict }) => verdict === wanted).length;
    return {
      output,
      verdict: worstFirst.find((verdict) => count(verdict) > 0) ?? "identical",
      counts: {
        identical: count("identical"),
        normalised: count("normalised"),
        tolerance: count("tolerance"),
        different: count("different"),
      },
      rules: [...new Set(found.flatMap(({ rules }) => rules))].sort(),
      difference: found.find(({ verdict }) => verdict === "different")?.differences[0] ?? null,
    };
  });
}

function ofFailed(command: string, errorTail: string, runs = 0, failed = 1): Repetition {
  return {
    schemaVersion: 1,
    command,
    verdict: "failed",
    runs,
    differing: 0,
    failed,
    outputs: [],
    confidence: null,
    errorTail,
  };
}
