import {
  compareOutputs,
  ignoredOutputs,
  leavesResult,
  summarise,
  testSummary,
  worstOf,
  type IgnoredOutput,
} from "../compare/index.ts";
import { explainTraceback } from "../diagnose/index.ts";
import {
  makeFinding,
  type Command,
  type Comparison,
  type Evidence,
  type Finding,
  type Run,
} from "../model/index.ts";
import { roomTreePath } from "../sandbox/index.ts";
import type { Store } from "../store/index.ts";
import { readTail } from "../system/index.ts";
import type { Subject } from "./subject.ts";

/** What comparing one command's runs gave. */
export interface CommandComparison {
  readonly comparisons: readonly Comparison[];
  readonly evidence: Evidence;
  readonly findings: readonly Finding[];
}

/**
 * Compares later runs of a command with its reference run; `conditions` says in words how they were made, `place` where
 * the tree was for them, where they had nothing of this machine's. Where nothing was left that could be compared the
 * evidence is missing: exit codes alone prove no result.
 */
export async function compareWithReference(
  subject: Subject,
  command: Command,
  reference: Run,
  later: readonly Run[],
  store: Store,
  conditions: string,
  place: string | null = null,
): Promise<CommandComparison> {
  const runs = [reference, ...later];
  const context = contextOf(subject, command, store, place);
  const comparisons: Comparison[] = [];
  for (const run of later)
    comparisons.push(...(await compareRuns(subject, command, reference, run, store, place)));
  const ignored = ignoredOutputs(
    runs.map((run) => run.outputs),
    context,
  );
  const same = worstOf(comparisons) !== "different";
  const found =
    comparisons.some((item) => item.output === testResult) ||
    (await leavesResult(reference.outputs, command.outputs, context));
  const verdict = !same ? "outputs differ" : found ? "same outputs" : "nothing to compare";
  const notes = [`(${tallyOf(comparisons)})`, ...(ignored.length === 0 ? [] : [ignoredInWords(ignored)])];
  return {
    comparisons,
    evidence: {
      id: `runs:${command.name}`,
      status: !same ? "failed" : found ? "proved" : "missing",
      summary: `${command.name} ${conditions}: ${verdict} ${notes.join("; ")}`,
    },
    findings: [
      ...comparisons
        .filter((item) => item.verdict === "different")
        .slice(0, 20)
        .map((item) => differs(item, command, place !== null)),
      ...(same && !found ? [nothingToCompare(command, ignored)] : []),
      ...hiddenTraceback(subject, command, runs, store),
    ],
  };
}

/** Compares two runs of a command, output by output, as every proof does. */
export async function compareRuns(
  subject: Subject,
  command: Command,
  one: Run,
  other: Run,
  store: Store,
  place: string | null = null,
): Promise<readonly Comparison[]> {
  const outputs = await compareOutputs(one.outputs, other.outputs, contextOf(subject, command, store, place));
  return [...outputs, ...compareTestSummaries(command, one, other, store)];
}

function contextOf(
  { project }: Subject,
  command: Command,
  store: Store,
  place: string | null,
): Parameters<typeof compareOutputs>[2] {
  return {
    command: command.name,
    read: (digest: string) => store.blobs.read(digest),
    rules: project.compareRules,
    workPaths: [project.root, roomTreePath(project.root), ...(place === null ? [] : [place])],
  };
}

function tallyOf(comparisons: readonly Comparison[]): string {
  const counts = summarise(comparisons);
  const tally = (["identical", "normalised", "tolerance", "different"] as const)
    .filter((verdict) => counts[verdict] > 0)
    .map((verdict) => `${counts[verdict]} ${verdict}`);
  return tally.join(", ") || "no outputs";
}

const mostNamed = 5;

function ignoredInWords(ignored: readonly IgnoredOutput[]): string {
  const names = ignored
    .slice(0, mostNamed)
    .map(({ output, reason }) => (reason === null ? output : `${output} (${reason})`));
  const more = ignored.length > mostNamed ? `, and ${ignored.length - mostNamed} more` : "";
  return `${ignored.length} ignored by rule: ${names.join(", ")}${more}`;
}

const testResult = "test summary";

/** unittest says on standard error alone how the tests went, and that is what a test command leaves. */
function compareTestSummaries(command: Command, one: Run, other: Run, store: Store): readonly Comparison[] {
  if (command.kind !== "test" && !/\b(?:unittest|tests?)\b/u.test(command.run)) return [];
  const [before, after] = [one, other].map((run) => testSummary(errorsOf(run, store)));
  if (before === after && (before ?? null) === null) return [];
  const places = [{ where: "summary", before: before ?? "(none)", after: after ?? "(none)" }];
  const same = before === after;
  return [
    {
      output: testResult,
      command: command.name,
      verdict: same ? "identical" : "different",
      comparator: "console",
      rules: [],
      differences: same ? [] : places,
      measure: null,
    },
  ];
}

const mostErrors = 1 << 20;

/** The end of what a run wrote to standard error. */
function errorsOf(run: Run, store: Store): string {
  return run.stderr === null ? "" : readTail(store.blobs.path(run.stderr), mostErrors);
}

/** A notebook's errors are in its cells; what its kernel writes to standard error is no result of the code. */
function hiddenTraceback(
  { project }: Subject,
  command: Command,
  runs: readonly Run[],
  store: Store,
): readonly Finding[] {
  if (command.kind === "notebook") return [];
  for (const run of runs.filter(({ exitCode }) => exitCode === 0)) {
    const finding = explainTraceback(command, errorsOf(run, store), project.root);
    if (finding !== null) return [finding];
  }
  return [];
}

function nothingToCompare(command: Command, ignored: readonly IgnoredOutput[]): Finding {
  const what =
    ignored.length === 0
      ? "left nothing to compare: no content in a file, nothing printed, no output of a cell"
      : `left nothing to compare: ${ignoredInWords(ignored)}`;
  const fix =
    ignored.length === 0
      ? "Let it print or write its result, or declare the files that it leaves as `outputs` in rung.toml."
      : "Narrow the [[compare]] rule in rung.toml to what may differ, and let the result be compared.";
  return makeFinding("nothing-to-compare", "warning", `${command.name} (${command.run}) ${what}`, {
    file: command.location?.file ?? null,
    line: command.location?.line ?? null,
    why: "That a command ends with exit code 0 does not show that it gives the same result.",
    fix,
  });
}

function differs(comparison: Comparison, command: Command, apart: boolean): Finding {
  const [first] = comparison.differences;
  const detail =
    first === undefined
      ? ""
      : `; first at ${first.where}: ${JSON.stringify(first.before)} became ${JSON.stringify(first.after)}`;
  return makeFinding(
    "output-differs",
    "error",
    `${comparison.output} of ${command.name} differs between two runs${detail}`,
    {
      file: command.location?.file ?? null,
      line: command.location?.line ?? null,
      why: apart
        ? "Where nothing of this machine is, the same code on the same data gave another result."
        : "Two runs of the same code on the same data gave different results.",
      fix: apart
        ? "Look for what it takes from outside the project (rung trace tells): files of the system, fonts, programs, variables; put them into the project, or do without."
        : "Look for unseeded random numbers, clock readings, unordered listings; or say in [[compare]] of rung.toml what may differ, and why.",
    },
  );
}
