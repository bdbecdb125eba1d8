/** What was found in a program, judged by its truth, and the table over all programs. */
import path from "node:path";
import type { Cause, Diagnosis } from "../../src/model/index.ts";
import type { Place, Program } from "./programs.ts";

/** What a tool said of one program. */
export interface Found extends Pick<Diagnosis, "verdict"> {
  /** As the tool gave them: what is missing or null in one is not right. */
  readonly causes: readonly Partial<Cause>[];
  /** How often it ran the program, in all. */
  readonly runs: number;
  readonly seconds: number;
  /** The last question that was needed. */
  readonly asked: "why" | "shake";
  readonly error?: string;
}

export interface Result {
  readonly name: string;
  readonly digest: string;
  readonly verdict: Found["verdict"];
  readonly asked: Found["asked"];
  readonly planted: number;
  /** Planted causes of which some cause found has the kind; the place; both; both, confirmed by an experiment. */
  readonly kind: number;
  readonly line: number;
  readonly right: number;
  readonly confirmed: number;
  /** Causes found that are none: `KIND at FILE:LINE`. */
  readonly extra: readonly string[];
  readonly runs: number;
  readonly seconds: number;
  readonly error?: string;
}

/** Counts what is right and what is not. */
export function judged(program: Program, found: Found): Omit<Result, "digest"> {
  const { causes, verdict, asked, runs, seconds, error } = found;
  const count = (fits: (cause: Partial<Cause>, place: Place) => boolean): number =>
    program.causes.filter((place) => causes.some((cause) => fits(cause, place))).length;
  const right = (cause: Partial<Cause>, place: Place): boolean =>
    cause.kind === place.kind && samePlace(cause, place);
  return {
    name: program.name,
    verdict,
    asked,
    planted: program.causes.length,
    kind: count((cause, place) => cause.kind === place.kind),
    line: count(samePlace),
    right: count(right),
    confirmed: count((cause, place) => right(cause, place) && cause.confirmed === true),
    extra: causes
      .filter((cause) => !program.causes.some((place) => right(cause, place)))
      .map(
        ({ kind, file, line, cell }) =>
          `${kind} at ${file}${cell === undefined ? "" : `, cell ${cell}`}:${line}`,
      ),
    runs,
    seconds,
    ...(error === undefined ? {} : { error }),
  };
}

function samePlace(cause: Partial<Cause>, place: Place): boolean {
  return (
    typeof cause.file === "string" &&
    path.posix.normalize(cause.file) === place.file &&
    cause.line === place.line &&
    // A script has no cell; null says so as well as leaving it out.
    (cause.cell ?? null) === (place.cell ?? null)
  );
}

export interface Totals {
  readonly programs: number;
  readonly planted: number;
  readonly kind: number;
  readonly line: number;
  readonly right: number;
  readonly confirmed: number;
  /** Causes found that are none, in programs that have some and in the look-alikes. */
  readonly extra: number;
  /** Look-alikes of which any cause was found, and how many there are. */
  readonly falseAlarms: number;
  readonly sound: number;
  readonly failed: number;
  readonly medianRuns: number;
  readonly medianSeconds: number;
}

export function totals(results: readonly Result[]): Totals {
  const sum = (of: (result: Result) => number): number => results.reduce((all, one) => all + of(one), 0);
  const sound = results.filter(({ planted }) => planted === 0);
  const answered = results.filter(({ verdict }) => verdict !== "failed");
  return {
    programs: results.length,
    planted: sum(({ planted }) => planted),
    kind: sum(({ kind }) => kind),
    line: sum(({ line }) => line),
    right: sum(({ right }) => right),
    confirmed: sum(({ confirmed }) => confirmed),
    extra: sum(({ extra }) => extra.length),
    falseAlarms: sound.filter(({ extra }) => extra.length > 0).length,
    sound: sound.length,
    failed: results.length - answered.length,
    medianRuns: median(answered.map(({ runs }) => runs)),
    medianSeconds: median(answered.map(({ seconds }) => seconds)),
  };
}

/** A row for each kind, one for all, and the three figures that have goals. */
export function table(results: readonly Result[]): string {
  const groups = Map.groupBy(results, ({ name }) => name.split("/")[0] ?? "");
  const rows = [...groups, ["all", results] as const].map(([group, of]) => {
    const { programs, planted, kind, line, right, confirmed, extra, failed, medianRuns, medianSeconds } =
      totals(of);
    const cost = [medianRuns.toString(), medianSeconds.toFixed(1)];
    return [group, ...[programs, planted, kind, line, right, confirmed, extra, failed].map(String), ...cost];
  });
  const head =
    "kind,programs,planted,kind right,line right,both,confirmed,false,failed,median runs,median s".split(",");
  const lines = [head, head.map(() => "---"), ...rows].map((cells) => `| ${cells.join(" | ")} |`);
  const { planted, right, confirmed, falseAlarms, sound, extra, medianRuns, failed } = totals(results);
  return [
    ...lines,
    "",
    `named at the right line: ${share(right, planted)}; confirmed: ${share(confirmed, planted)} (goal: 95 %)`,
    `false alarms: ${falseAlarms} of ${sound} look-alikes; ${extra} false causes in all (goal: none)`,
    `median runs: ${medianRuns} (goal: under 12); failed: ${failed}`,
  ].join("\n");
}

function share(part: number, whole: number): string {
  return whole === 0 ? "–" : `${part} of ${whole}, ${((100 * part) / whole).toFixed(1)} %`;
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const upper = sorted[sorted.length >> 1] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : (upper + (sorted[(sorted.length >> 1) - 1] ?? Number.NaN)) / 2;
}
