import type { Diagnosis } from "../model/index.ts";
import { causesOf } from "./causes.ts";
import { confirmCauses } from "./confirm.ts";
import { diagnosisOf, failedDiagnosis, firstFailed, undecidedDiagnosis } from "./diagnosis.ts";
import { weighedByFirstRun } from "./evidence.ts";
import { explore } from "./explore.ts";
import type { Exploration } from "./explored.ts";
import { fixAll, unfixedNotes } from "./fixable.ts";
import { openLab } from "./lab/lab.ts";
import { traceOf } from "./observe.ts";
import { startSeries, type Series } from "./series/series.ts";
import { mayRunTogether } from "./series/together.ts";
import { suspectsOf } from "./suspects.ts";
import { unsteadyCauses } from "./unsteady.ts";
import { unexplained } from "./unexplained.ts";
import type { Inquiry } from "./inquiry.ts";
import { openProbes } from "./probes.ts";

export interface ShakeOptions {
  /** Runs of the command at most. */
  readonly mostRuns: number;
  /** How many other values of everything are tried: 1 to 3. */
  readonly choices: number;
  readonly progress: (message: string) => void;
}

/**
 * Whether a command would give the same elsewhere, another day, under another seed: everything that may vary is fixed,
 * then changed at once, and where that makes a difference each suspect is tried.
 */
export async function shake(directory: string, name: string, options: ShakeOptions): Promise<Diagnosis> {
  using lab = await openLab(directory, name, options.progress);
  const series = startSeries({ lab, mostRuns: options.mostRuns, expected: 8, progress: options.progress });
  if (lab.failedNeed !== null) return failedDiagnosis(name, series, lab.failedNeed);
  const first = await series.observed({ record: true }, "as it is, observed", traceOf(lab));
  if (first === null) return undecidedDiagnosis(name, series, [noReference(series)]);
  if (first.failed) return firstFailed(name, series, lab, first);
  const all = await suspectsOf(lab, first.left, () => true);
  const fixed = await fixAll(series, all.suspects);
  if (fixed === null) return undecidedDiagnosis(name, series, [noReference(series)]);
  const { run: reference } = fixed;
  series.setReference(reference.run);
  const isSame = (await series.differences(reference.run, first.run)).length === 0;
  const suspects = weighedByFirstRun(fixed.suspects, isSame);
  const known = {
    series,
    trace: first.left,
    suspects,
    reference: reference.run,
    asItIs: isSame ? first.run : null,
    together: mayRunTogether(first.left),
  };
  using probes = openProbes({ ...known, lab });
  const inquiry = { ...known, probes };
  const found = await exploreAll(inquiry, options.choices);
  const varied = `Varied in ${series.runs} runs: ${suspects.map(({ title }) => title).join("; ")}.`;
  const needs = found.needed.map(({ freed }) => `It fails with ${freed}.`);
  const notVaried = [...all.notHere.map((what) => `Not varied: ${what}`), ...unfixedNotes(fixed)];
  const isUnfound = found.causes.length === 0 && found.unstable.length === 0;
  // Where the runs ended before all was changed at least once, nothing is known of what was left.
  if (isUnfound && found.exhausted)
    return undecidedDiagnosis(name, series, [tooFewRuns, ...needs, ...notVaried]);
  if (isUnfound) return diagnosisOf(name, "same", series, { notes: [...needs, varied, ...notVaried] });
  const confirmation = await confirmCauses(found, inquiry, 1);
  const causes = await causesOf(inquiry, found, confirmation, lab);
  const unsteady = await unsteadyCauses(inquiry, found);
  const told = new Set(unsteady.flatMap(({ outputs }) => outputs));
  const still = found.unstable.filter((output) => !told.has(output));
  const rest = unexplained(inquiry, still, found, []);
  return diagnosisOf(name, "different", series, {
    causes: [...causes, ...unsteady, ...rest.suspects],
    notes: [...rest.notes, ...needs, varied, ...notVaried],
  });
}

const tooFewRuns = "The runs were used up before all was varied: --runs allows more.";

/** Nothing is known of what was not compared. */
function noReference({ left }: Pick<Series, "left">): string {
  return left > 0
    ? "It runs as it is, and fails with everything fixed: there was nothing to hold other runs against."
    : "No run was left to compare with: --runs allows more.";
}

/** What makes a difference at any of the choices; what was found at one is at rest for the others. */
async function exploreAll(
  { series, suspects, reference, probes }: Inquiry,
  choices: number,
): Promise<Exploration> {
  let all: Exploration = { causes: [], unstable: [], restIsClean: true, exhausted: false, needed: [] };
  // What shows at another choice only is looked for where nothing was found yet.
  for (let choice = 1; choice <= choices && all.causes.length === 0 && !all.exhausted; choice += 1) {
    const without = all.causes.flatMap(({ members }) => members);
    const found = await explore({ series, suspects, reference, probes, choice, expected: false, without });
    all = {
      causes: [...all.causes, ...found.causes],
      unstable: [...new Set([...all.unstable, ...found.unstable])],
      restIsClean: all.restIsClean && found.restIsClean,
      exhausted: found.exhausted,
      needed: [...new Set([...all.needed, ...found.needed])],
    };
  }
  return all;
}
