/** What was measured, and what follows from it. */
import { estimate, type Estimate } from "./statistics.ts";

/** One run of one program in one way. */
export interface Sample {
  /** The program itself, its own children counted in: seconds, processor seconds, largest resident set in MB. */
  readonly child: Figures;
  /** The whole command, as it is typed. */
  readonly whole: Figures;
}

export interface Figures {
  readonly seconds: number;
  readonly processor: number;
  readonly peak: number;
}

/** One way beside plain; every figure taken round by round, so that what both were slowed by does not count. */
export interface Overhead {
  readonly child: Readonly<Record<keyof Figures, Estimate>>;
  readonly whole: Readonly<Record<keyof Figures, Estimate>>;
  /** Ratios to plain. */
  readonly childProcessor: Estimate;
  readonly childSeconds: Estimate;
  readonly wholeSeconds: Estimate;
  /** What is more than plain: seconds and MB. */
  readonly wholeMore: Estimate;
  readonly childMemory: Estimate;
}

export function overhead(samples: readonly Sample[], plain: readonly Sample[]): Overhead {
  const each = (from: "child" | "whole"): Overhead["child"] => ({
    seconds: estimate(samples.map((one) => one[from].seconds)),
    processor: estimate(samples.map((one) => one[from].processor)),
    peak: estimate(samples.map((one) => one[from].peak)),
  });
  const paired = (of: (watched: Sample, base: Sample) => number): Estimate =>
    estimate(
      samples.flatMap((one, round) => {
        const base = plain[round];
        return base === undefined ? [] : [of(one, base)];
      }),
    );
  return {
    child: each("child"),
    whole: each("whole"),
    childProcessor: paired((one, base) => one.child.processor / base.child.processor),
    childSeconds: paired((one, base) => one.child.seconds / base.child.seconds),
    wholeSeconds: paired((one, base) => one.whole.seconds / base.whole.seconds),
    wholeMore: paired((one, base) => one.whole.seconds - base.whole.seconds),
    childMemory: paired((one, base) => one.child.peak - base.child.peak),
  };
}
