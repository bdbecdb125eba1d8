import type { Cause, Diagnosis } from "../model/index.ts";
import { explainCause } from "../diagnose/index.ts";
import type { FailedRun } from "../diagnose/index.ts";
import type { Lab, LabRun } from "./lab/lab.ts";
import type { Series } from "./series/series.ts";

export interface Told {
  readonly causes?: readonly Cause[];
  readonly notes: readonly string[];
}

type Made = Pick<Series, "runs" | "notMet" | "notCompared">;

/** A diagnosis as it is printed. What could not be varied here is said whatever the verdict. */
export function diagnosisOf(
  command: string,
  verdict: Diagnosis["verdict"],
  series: Made,
  { causes = [], notes }: Told,
): Diagnosis {
  const unmet = series.notMet.map((what) => `Could not be varied here: ${what}`);
  const all = [...notes, ...unmet, ...series.notCompared];
  return { schemaVersion: 1, command, verdict, runs: series.runs, causes, notes: all };
}

/** The verdict where too little could be compared to say anything, with why. */
export function undecidedDiagnosis(command: string, series: Made, notes: readonly string[]): Diagnosis {
  return { ...diagnosisOf(command, "failed", series, { notes }), undecided: true };
}

/** The verdict on a command that does not run: there is nothing to compare until it does. */
export function failedDiagnosis(command: string, series: Made, failure: FailedRun): Diagnosis {
  const { message, file, line, why, fix } = explainCause(failure);
  const place = file === null ? "" : `${file}${line === null ? "" : `:${line}`}: `;
  const notes = [`${place}${message}`, why, fix].filter((note) => note !== null);
  return diagnosisOf(command, "failed", series, { notes });
}

/** Where the command fails as it is. That the machine would not let it end says nothing of the command. */
export function firstFailed(
  name: string,
  series: Made,
  lab: Pick<Lab, "explain">,
  { run, cutShort }: LabRun,
): Diagnosis {
  const told = failedDiagnosis(name, series, lab.explain(run));
  return cutShort === null || run.timedOut ? told : { ...told, undecided: true };
}
