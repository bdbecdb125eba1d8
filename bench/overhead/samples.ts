/** What was measured, and what follows from it. */
import { estimate, type Estimate } from "./statistics.ts";

/** One run of one program in one way. */
export interface Sample {
  readonly round: number;
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

/** One way beside plain in the same rounds; every figure taken round by round, so that what both were slowed by does not count. */
export interface Overhead {
  readonly rounds: number;
  readonly child: Readonly<Record<keyof Figures, Estimate>>;
  readonly whole: Readonly<Record<keyof Figures, Estimate>>;
  /** Ratios to plain. */
  readonly childProcessor: Estimate;
  readonly childSeconds: Estimate;
  readonly wholeSeconds: Estimate;
  /** What is more than plain: seconds and MB. */
  readonly wholeMore: Estimate;
  readonly wholeProcessorMore: Estimate;
  /** What the whole command takes more than its program. */
  readonly aboveChild: Estimate;
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
      samples.flatMap((one) => {
        const base = plain.find(({ round }) => round === one.round);
        return base === undefined ? [] : [of(one, base)];
      }),
    );
  return {
    rounds: samples.length,
    child: each("child"),
    whole: each("whole"),
    childProcessor: paired((one, base) => one.child.processor / base.child.processor),
    childSeconds: paired((one, base) => one.child.seconds / base.child.seconds),
    wholeSeconds: paired((one, base) => one.whole.seconds / base.whole.seconds),
    wholeMore: paired((one, base) => one.whole.seconds - base.whole.seconds),
    wholeProcessorMore: paired((one, base) => one.whole.processor - base.whole.processor),
    aboveChild: estimate(samples.map((one) => one.whole.seconds - one.child.seconds)),
    childMemory: paired((one, base) => one.child.peak - base.child.peak),
  };
}
