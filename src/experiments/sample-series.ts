import type { CauseKind, Comparison } from "../model/index.ts";
import { sampleRun } from "../sandbox/sample-request.ts";
import type { Series } from "./series/series.ts";
import { keyOf, type Vector } from "./series/vector.ts";
import type { Suspect } from "./suspect.ts";

type Printed = Readonly<Record<string, string>> | "fails" | "is killed";

/** A program that is thought out: what it prints to each output follows from a vector, and from how often it ran. */
export type Program = (chosen: ReadonlyMap<string, number>, run: number) => Printed;

export function sampleSuspect(kind: CauseKind, more: Partial<Suspect> = {}): Suspect {
  return {
    id: kind,
    kind,
    title: kind,
    varies: "each-run",
    choose: () => ({}),
    choices: 3,
    touched: null,
    drawn: false,
    followsOthers: false,
    mayFail: false,
    places: [],
    fixed: `${kind} fixed`,
    freed: `${kind} changed`,
    weight: 1,
    ...more,
  };
}

/** A series of runs of such a program, no process started. A suspect that a vector leaves out is drawn by `naturally`. */
export function sampleSeries(
  program: Program,
  suspects: readonly Suspect[],
  mostRuns = 100,
  naturally: (run: number) => number = () => 0,
): Series {
  const printed = new Map<string, Printed>();
  const known = new Map<string, Awaited<ReturnType<Series["under"]>>>();
  let runs = 0;
  let whole = 0;
  const execute = (vector: Vector): Awaited<ReturnType<Series["under"]>> => {
    if (runs >= mostRuns) return null;
    runs += 1;
    const chosen = new Map(suspects.map((suspect) => [suspect.id, vector.get(suspect) ?? naturally(runs)]));
    const run = sampleRun({ id: `run ${runs}` });
    const left = program(chosen, runs);
    printed.set(run.id, left);
    if (left !== "is killed") whole += 1;
    const failed = left === "fails" || left === "is killed";
    return { run, failed, cutShort: left === "is killed" ? "it was killed" : null, conditionsNotMet: [] };
  };
  return {
    async under(vector) {
      const key = keyOf(vector);
      const result = known.get(key) ?? execute(vector);
      known.set(key, result);
      return result;
    },
    knows: (vector) => known.has(keyOf(vector)),
    anew: async (vector) => execute(vector),
    observed: async () => null,
    setReference: () => {},
    differences: async (one, other) => {
      const both = [printed.get(one.id), printed.get(other.id)];
      return both.includes("is killed") ? [] : differing(...both);
    },
    get runs() {
      return runs;
    },
    get whole() {
      return whole;
    },
    get left() {
      return mostRuns - runs;
    },
    notMet: [],
    notCompared: [],
  };
}

function differing(one: Printed = {}, other: Printed = {}): readonly Comparison[] {
  const [before, after] = [one, other].map((left) => (typeof left === "string" ? { exit: left } : left));
  const outputs = [...new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])];
  return outputs
    .filter((output) => before?.[output] !== after?.[output])
    .map((output) => ({
      output,
      command: "sample",
      verdict: "different",
      comparator: "text",
      rules: [],
      differences: [],
      measure: null,
    }));
}
