import type { Cause, Diagnosis } from "../model/index.ts";
import { explainCause } from "../diagnose/index.ts";
import type { FailedRun } from "../diagnose/index.ts";
import type { Series } from "./series/series.ts";

export interface Told {
  readonly causes?: readonly Cause[];
  readonly notes: readonly string[];
}

/** A diagnosis as it is printed. What could not be varied here is said whatever the verdict. */
export function diagnosisOf(
  command: string,
  verdict: Diagnosis["verdict"],
  series: Pick<Series, "runs" | "notMet">,
  { causes = [], notes }: Told,
): Diagnosis {
  const unmet = series.notMet.map((what) => `Could not be varied here: ${what}`);
  return { schemaVersion: 1, command, verdict, runs: series.runs, causes, notes: [...notes, ...unmet] };
}

/** The verdict on a command that does not run: there is nothing to compare until it does. */
export function failedDiagnosis(
  command: string,
  series: Pick<Series, "runs" | "notMet">,
  failure: FailedRun,
): Diagnosis {
  const { message, file, line, why, fix } = explainCause(failure);
  const place = file === null ? "" : `${file}${line === null ? "" : `:${line}`}: `;
  const notes = [`${place}${message}`, why, fix].filter((note) => note !== null);
  return diagnosisOf(command, "failed", series, { notes });
}
