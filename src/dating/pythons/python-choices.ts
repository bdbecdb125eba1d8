import { compare } from "@renovatebot/pep440";
import {
  chooseInterpreter,
  listInterpreters,
  satisfiesSpecifier,
  type Progress,
} from "../../environments/index.ts";
import { pythonSpecifier, specifiersOverlap } from "../../manifests/index.ts";
import { ToolError, type Interpreter } from "../../model/index.ts";
import { allSeries, byDistance, currentSeries, minorOf, seriesOf } from "./releases.ts";

export interface PythonChoice {
  readonly interpreter: Interpreter;
  /** Why it is in the list, for people: "noted in the notebooks". */
  readonly reason: string;
  /** True where the project declares it. */
  readonly declared?: boolean;
}

interface Wish {
  readonly series: string;
  readonly reason: string;
  readonly declared?: boolean;
  /** Worth fetching where it is not installed. */
  readonly fetch: boolean;
}

/**
 * Interpreters from the best to the worst for a project: the declared Python (`asked`, PEP 440), those noted in its
 * notebooks (series such as "3.8"), the one current at its date (YYYY-MM-DD), then that one's neighbours. Each is
 * installed here, or was installed now by uv. One a series; where nothing is known the default Python comes first.
 * Throws ToolError INTERPRETER_MISSING where no Python 3 is installed at all.
 */
export async function pythonChoices(
  request: { readonly asked: string | null; readonly noted: readonly string[]; readonly date: string | null },
  progress: Progress,
): Promise<readonly PythonChoice[]> {
  const asked = request.asked === null ? null : pythonSpecifier(request.asked);
  const wishes = wishesFor(asked, request.noted, request.date);
  const fallback = wishes.some(({ fetch }) => fetch) ? null : await chooseInterpreter(null, progress);
  const installed = newestOfSeries(await listInterpreters(), asked);
  const choices = new Map<string, PythonChoice>();
  if (fallback !== null) {
    choices.set(seriesOf(fallback.version), { interpreter: fallback, reason: "the default Python here" });
  }
  let reachable = true;
  for (const { series, reason, fetch, declared = false } of wishes) {
    if (choices.has(series)) continue;
    const here = installed.get(series) ?? null;
    const had = here ?? (fetch && reachable ? await obtain(series, progress) : null);
    if (had === null) reachable &&= !fetch;
    else choices.set(series, { interpreter: had, reason, declared });
  }
  if (choices.size > 0) return [...choices.values()];
  return [{ interpreter: await chooseInterpreter(null, progress), reason: "the default Python here" }];
}

function wishesFor(asked: string | null, noted: readonly string[], date: string | null): readonly Wish[] {
  const day = date === null ? null : currentSeries(date);
  const center = noted[0] ?? day;
  const near = center === null ? allSeries.toReversed() : byDistance(nearestSeries(center));
  const wishes: Wish[] = [];
  if (asked !== null && asked !== "") {
    const within = near.filter((series) => specifiersOverlap([asked, `==${series}.*`], true));
    const reason = `declared (${asked})`;
    for (const [index, series] of within.entries())
      wishes.push({ series, reason, declared: true, fetch: index === 0 });
  }
  for (const series of noted) {
    const taken = nearestSeries(series);
    const reason =
      taken === series ? "noted in the notebooks" : `the nearest to ${series}, which the notebooks note`;
    wishes.push({ series: taken, reason, fetch: wishes.length === 0 });
  }
  if (day !== null && date !== null) {
    wishes.push({ series: day, reason: `the Python in use on ${date}`, fetch: wishes.length === 0 });
  }
  for (const series of near) {
    const reason = center === null ? "installed here" : `the next to Python ${nearestSeries(center)}`;
    wishes.push({ series, reason, fetch: false });
  }
  return wishes;
}

function nearestSeries(series: string): string {
  const minor = minorOf(series);
  return series.startsWith("3.") && minor > 6 && allSeries.includes(series)
    ? series
    : minor > 14
      ? "3.14"
      : "3.6";
}

/** The newest patch of each series; of those series that are asked for, one that satisfies where there is any. */
function newestOfSeries(
  installed: readonly Interpreter[],
  asked: string | null,
): ReadonlyMap<string, Interpreter> {
  const fits = (one: Interpreter): number =>
    asked !== null && satisfiesSpecifier(one.version, asked) ? 0 : 1;
  const stable = installed.filter(
    ({ implementation, version }) => implementation === "cpython" && !/[a-z]/u.test(version),
  );
  stable.sort((a, b) => fits(a) - fits(b) || compare(b.version, a.version));
  const found = new Map<string, Interpreter>();
  for (const one of stable) {
    const series = seriesOf(one.version);
    if (!found.has(series)) found.set(series, one);
  }
  return found;
}

const unobtainable = new Set<string>();

async function obtain(series: string, progress: Progress): Promise<Interpreter | null> {
  if (unobtainable.has(series)) return null;
  try {
    return await chooseInterpreter(`==${series}.*`, progress);
  } catch (error) {
    if (!(error instanceof ToolError)) throw error;
    unobtainable.add(series);
    return null;
  }
}
