import type { CodePlace, Diagnosis, Run } from "../model/index.ts";
import { causesOf } from "./causes.ts";
import { confirmCauses, inWords } from "./confirm.ts";
import { diagnosisOf, failedDiagnosis, firstFailed, undecidedDiagnosis } from "./diagnosis.ts";
import { explore } from "./explore.ts";
import { outputsOf, type Exploration } from "./explored.ts";
import type { Inquiry } from "./inquiry.ts";
import { openProbes } from "./probes.ts";
import { fixAll, unfixedNotes } from "./fixable.ts";
import { openLab } from "./lab/lab.ts";
import { traceOf } from "./observe.ts";
import { startSeries, type Series } from "./series/series.ts";
import { mayRunTogether } from "./series/together.ts";
import { vectorOf } from "./series/vector.ts";
import type { Suspect } from "./suspect.ts";
import { suspectsOf } from "./suspects.ts";
import { drawnOf, tellingChoice } from "./telling-choice.ts";
import { unsteadyCauses } from "./unsteady.ts";
import { unexplained } from "./unexplained.ts";

export interface WhyOptions {
  /** Runs of the command at most. */
  readonly mostRuns: number;
  /** Runs with only the cause fixed that confirm it. */
  readonly confirm: number;
  /** Runs that look for a difference first, at least two. */
  readonly repeats: number;
  readonly progress: (message: string) => void;
}

/**
 * Why two runs of a command, made as its owner makes them, give different outputs: everything is fixed that differs from
 * run to run, one suspect at a time is freed, and what was found is confirmed by runs with only that fixed.
 */
export async function why(directory: string, name: string, options: WhyOptions): Promise<Diagnosis> {
  using lab = await openLab(directory, name, options.progress);
  const series = startSeries({ lab, mostRuns: options.mostRuns, expected: 9, progress: options.progress });
  if (lab.failedNeed !== null) return failedDiagnosis(name, series, lab.failedNeed);
  const first = await series.observed({ record: true }, "as it is, observed", traceOf(lab));
  if (first?.failed === true) return firstFailed(name, series, lab, first);
  if (first === null || series.left < 1)
    return undecidedDiagnosis(name, series, [
      "One run shows no difference, and no other was allowed: --runs allows more.",
    ]);
  const all = await suspectsOf(lab, first.left, ({ varies }) => varies === "each-run");
  const seen = await firstDifference(series, first.run, all.suspects, options);
  if (seen === null)
    return series.whole < 2 ? undecidedDiagnosis(name, series, []) : same(name, series, all.suspects);
  const together = mayRunTogether(first.left);
  const fixed = await fixAll(series, all.suspects);
  if (fixed === null) return outOfRuns(name, series, seen);
  const { suspects, run: reference } = fixed;
  series.setReference(reference.run);
  const known = { series, trace: first.left, suspects, reference: reference.run, asItIs: null, together };
  using probes = openProbes({ ...known, lab });
  const inquiry = { ...known, probes };
  let found = await exploreChoices(inquiry);
  let confirmation = await confirmCauses(found, inquiry, options.confirm);
  if (confirmation.still.length > 0) {
    const more = await exploreMore(inquiry, found);
    if (more !== null) {
      found = more;
      confirmation = await confirmCauses(found, inquiry, options.confirm);
    }
  }
  const causes = await causesOf(inquiry, found, confirmation, lab);
  const unsteady = await unsteadyCauses(inquiry, found);
  const told = new Set(unsteady.flatMap(({ outputs }) => outputs));
  const still = [...new Set([...found.unstable, ...confirmation.still])].filter(
    (output) => !told.has(output),
  );
  const rest = unexplained(
    inquiry,
    still,
    found,
    seen.filter((output) => !told.has(output)),
  );
  return diagnosisOf(name, "different", series, {
    causes: [...causes, ...unsteady, ...rest.suspects],
    notes: [...rest.notes, ...unfixedNotes(fixed)],
  });
}

/** The outputs in which runs differ; null where they do not. */
async function firstDifference(
  series: Series,
  first: Run,
  suspects: readonly Suspect[],
  { repeats }: WhyOptions,
): Promise<readonly string[] | null> {
  // What is drawn anew each time may be the same twice by chance: the second run surely has other draws.
  const drawn = drawnOf(suspects);
  const words = `as it is, but with ${inWords(drawn.map(({ freed }) => freed))}`;
  const other = drawn.length === 0 ? null : await series.under(vectorOf(drawn, drawn, 1), words);
  // One that fails so is looked at last: the owner's own runs may differ for another reason.
  const isPlain = other?.failed === false;
  for (let run = 2; run <= repeats; run += 1) {
    const second = isPlain && run === 2 ? other : await series.anew(new Map(), "as it is, again");
    if (second === null) return null;
    const differences = await series.differences(first, second.run);
    if (differences.length > 0) return outputsOf(differences);
  }
  const left = other === null || isPlain ? [] : await series.differences(first, other.run);
  return left.length === 0 ? null : outputsOf(left);
}

function same(name: string, series: Series, suspects: readonly Suspect[]): Diagnosis {
  const draws = suspects.filter(
    ({ drawn, touched, places }) => drawn && touched === true && places.length > 0,
  );
  const places = draws.flatMap((suspect) =>
    suspect.places.slice(0, 3).map((place) => `${suspect.kind} at ${placeText(place)}`),
  );
  const notes = [
    `${series.runs} runs were the same. That is evidence, no certainty: rung shake ${name} looks for what would differ elsewhere or another day.`,
    ...(places.length === 0
      ? []
      : [
          `It draws anew each time, without an effect on these runs: ${places.join(", ")}. More runs tell more (-n).`,
        ]),
  ];
  return diagnosisOf(name, "same", series, { notes });
}

function placeText({ file, line, cell }: CodePlace): string {
  return cell === null ? `${file}:${line}` : `${file}, cell ${cell}, line ${line}`;
}

function outOfRuns(name: string, series: Series, seen: readonly string[]): Diagnosis {
  const notes = [`Two runs differ in ${seen.join(", ")}; no run was left to say why (--runs allows more).`];
  return diagnosisOf(name, "different", series, { notes });
}

/** The first choice at which some suspect makes a difference: what is drawn may be the same at one of them by chance. */
async function exploreChoices(inquiry: Inquiry): Promise<Exploration> {
  const { series, suspects, reference, probes } = inquiry;
  const first = await tellingChoice(inquiry);
  const others = [1, 2, 3].filter((choice) => choice !== first);
  let found = await explore({ series, suspects, reference, probes, choice: first, expected: true });
  for (const choice of others) {
    if (found.causes.length > 0 || found.exhausted || found.unstable.length > 0) break;
    found = await explore({ series, suspects, reference, probes, choice, expected: false });
  }
  return found;
}

/** Looks for further causes at other choices, where runs still differ with the known ones fixed. */
async function exploreMore(
  { series, suspects, reference, probes }: Inquiry,
  found: Exploration,
): Promise<Exploration | null> {
  const known = found.causes.flatMap(({ members }) => members);
  for (const choice of [2, 3]) {
    const more = await explore({
      series,
      suspects,
      reference,
      probes,
      choice,
      expected: false,
      without: known,
    });
    if (more.causes.length > 0) return { ...more, causes: [...found.causes, ...more.causes] };
    if (more.exhausted) return null;
  }
  return null;
}
