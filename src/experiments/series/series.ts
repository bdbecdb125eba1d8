import type { Comparison, Run } from "../../model/index.ts";
import type { Lab, LabRun, ReadRun, Setup } from "../lab/lab.ts";
import { mergedOutputs } from "./merged-outputs.ts";
import { keyOf, setupOf, type Vector } from "./vector.ts";

/** A number of runs of one command, bounded, each vector of choices run once. */
export interface Series {
  /** Runs under a vector. The same vector again gives the run that there was; null where the runs are used up. */
  under(vector: Vector, words: string): Promise<LabRun | null>;
  /** Whether a run under a vector was made already. */
  knows(vector: Vector): boolean;
  /** A run that is never taken from memory. */
  anew(vector: Vector, words: string, more?: Setup): Promise<LabRun | null>;
  /** A run of which more is looked at than its outputs. */
  observed<T>(setup: Setup, words: string, read: ReadRun<T>): Promise<(LabRun & { readonly left: T }) | null>;
  /** Names the run whose outputs a changed input is made of. */
  setReference(run: Run): void;
  /** What differs between two runs: nothing where one of them was cut short, since it tells nothing. */
  differences(one: Run, other: Run): Promise<readonly Comparison[]>;
  readonly runs: number;
  /** How many of them were not cut short. */
  readonly whole: number;
  readonly left: number;
  /** What could not be varied, in plain words. */
  readonly notMet: readonly string[];
  /** Which runs were cut short, and how, a sentence each. */
  readonly notCompared: readonly string[];
}

export interface SeriesOptions {
  readonly lab: Lab;
  readonly mostRuns: number;
  /** About how many runs there will be, for progress. */
  readonly expected: number;
  readonly progress: (message: string) => void;
}

export function startSeries({ lab, mostRuns, expected, progress }: SeriesOptions): Series {
  const known = new Map<string, Promise<LabRun | null>>();
  const compared = new Map<string, Promise<readonly Comparison[]>>();
  const notMet = new Set<string>();
  const cutShort = new Set<string>();
  const notCompared: string[] = [];
  let whole = 0;
  let reference: Run | null = null;
  const observed: Series["observed"] = async (setup, words, read) => {
    if (lab.runs >= mostRuns) return null;
    progress(`run ${lab.runs + 1} of about ${Math.max(expected, lab.runs + 2)}: ${words}`);
    const isFirst = lab.runs === 0;
    const result = await lab.run(setup, read);
    if (isFirst) for (const line of estimate(result.run, expected, mostRuns)) progress(line);
    if (result.cutShort === null) whole += 1;
    else {
      cutShort.add(result.run.id);
      notCompared.push(`The run with ${words} was not compared: ${result.cutShort}.`);
    }
    for (const condition of result.conditionsNotMet) notMet.add(condition);
    return { ...result, run: mergedOutputs(setup.after ?? [], result.run) };
  };
  const anew: Series["anew"] = (vector, words, more = {}) =>
    observed({ ...setupOf(vector, reference), ...more }, words, () => null);
  return {
    observed,
    anew,
    under(vector, words) {
      const key = keyOf(vector);
      const running = known.get(key) ?? anew(vector, words);
      known.set(key, running);
      return running;
    },
    knows: (vector) => known.has(keyOf(vector)),
    setReference(run) {
      reference = run;
    },
    differences(one, other) {
      if (cutShort.has(one.id) || cutShort.has(other.id)) return Promise.resolve([]);
      const key = `${one.id} ${other.id}`;
      const answer = compared.get(key) ?? lab.differences(one, other);
      compared.set(key, answer);
      return answer;
    },
    get runs() {
      return lab.runs;
    },
    get whole() {
      return whole;
    },
    get left() {
      return mostRuns - lab.runs;
    },
    get notMet() {
      return [...notMet];
    },
    notCompared,
  };
}

/** What is ahead, told where it is long: nobody should wait an hour unwarned. */
function estimate({ durationMs }: Run, expected: number, mostRuns: number): string[] {
  const one = durationMs / 1000;
  if (one * expected < 120) return [];
  const minutes = (runs: number): string => `${Math.ceil((one * runs) / 60)} min`;
  return [
    `one run takes ${Math.round(one)} s: about ${expected} of them take ${minutes(expected)}, and ${mostRuns}, the most, ${minutes(mostRuns)} (--runs N bounds them; a smaller scenario in rung.toml answers sooner)`,
  ];
}
