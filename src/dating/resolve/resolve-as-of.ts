import { satisfiesSpecifier, type Confine, type Progress } from "../../environments/index.ts";
import { ToolError, type Finding } from "../../model/index.ts";
import type { PythonChoice } from "../pythons/python-choices.ts";
import { byDistance, currentSeries, seriesOf } from "../pythons/releases.ts";
import type { Bound } from "../removals/bound.ts";
import { attempt, type Outcome } from "./attempt.ts";
import { candidateOf, specifierOf, type Candidate } from "./candidates.ts";
import { eraOf, type Era } from "./era.ts";
import { relaxToBound, relaxToWheel } from "./relax.ts";
import { eraFinding, laterPinsFinding, pythonFinding } from "./said.ts";
import { readWanted, type DatedRequirement, type Wanted } from "./wanted.ts";

export interface ResolutionRequest {
  readonly requirements: readonly DatedRequirement[];
  readonly bounds: readonly Bound[];
  /** YYYY-MM-DD: what was uploaded after this day does not count. Null: today. */
  readonly date: string | null;
  /** Best first, as pythonChoices gives them. */
  readonly pythons: readonly PythonChoice[];
  /** Builds from source what has no wheel at all, never anything else. */
  readonly allowBuilds: boolean;
  readonly confine?: Confine | undefined;
}

export interface Resolution {
  readonly python: PythonChoice;
  /** Every package, recursively: normalised name to version. */
  readonly pins: ReadonlyMap<string, string>;
  /** The same as a requirements file, for environmentFromPins. */
  readonly requirements: string;
  /** Distributions among them that must be built; empty unless builds are allowed. */
  readonly builds: readonly string[];
  readonly date: string | null;
  readonly findings: readonly Finding[];
}

const mostPythons = 4;

/**
 * The versions that a project's requirements came to on its day: all exact pins kept on the best Python that has wheels
 * for them; where none has, the pins without a wheel relaxed to the nearest release that has one. Bounds step the day
 * back to when their API was current, so that all packages are of one time. Every change is a finding.
 * Throws ToolError LOCK_FAILED with the exact cause where nothing resolves, NETWORK_UNAVAILABLE, or
 * INTERPRETER_MISSING where no Python is left.
 */
export async function resolveAsOf(request: ResolutionRequest, progress: Progress): Promise<Resolution> {
  const end = request.date === null ? null : endOf(request.date);
  const era = await eraOf(request.bounds, end);
  if (era !== null) {
    const stepped = { ...request, pythons: ofTheTime(request.pythons, era) };
    const found = await resolveBefore(stepped, era.before, progress).catch(nothingResolves);
    if (!(found instanceof ToolError)) return { ...found, findings: [eraFinding(era), ...found.findings] };
  }
  return resolveBefore(request, end, progress);
}

/** A failure to resolve as a value; anything else is thrown on. */
function nothingResolves(error: unknown): ToolError {
  if (error instanceof ToolError && error.code === "LOCK_FAILED") return error;
  throw error;
}

/** Pythons by their distance from the one in use at the time; the declared one stays first. */
function ofTheTime(pythons: readonly PythonChoice[], { before }: Era): readonly PythonChoice[] {
  const order = byDistance(currentSeries(before.slice(0, 10)));
  const rank = ({ declared, interpreter }: PythonChoice): number =>
    declared === true ? -1 : order.indexOf(seriesOf(interpreter.version));
  return pythons.toSorted((a, b) => rank(a) - rank(b));
}

async function resolveBefore(
  request: ResolutionRequest,
  end: string | null,
  progress: Progress,
): Promise<Resolution> {
  const { bounds, date } = request;
  const read = readWanted([...request.requirements, ...installersBounds(request)]);
  const pythons = request.pythons.filter(({ interpreter }) =>
    satisfiesSpecifier(interpreter.version, specifierOf(bounds, "python")),
  );
  const [best] = request.pythons;
  const [first] = pythons;
  if (best === undefined || first === undefined) throw noPython(request);
  const bounded = await Promise.all(read.wanted.map((one) => relaxToBound(one, bounds, first.interpreter)));
  const wanted = bounded.map((one) => one.wanted);
  const candidates = await Promise.all(pythons.map((python) => candidateOf(python, wanted)));
  const base = [...read.findings, ...bounded.flatMap(({ finding }) => finding ?? [])];
  let failure: ToolError | null = null;
  for (const relaxes of [false, true]) {
    let kept: { readonly python: PythonChoice; readonly outcome: Outcome } | null = null;
    for (const candidate of inOrder(candidates, relaxes)) {
      const outcome = await tryOn(candidate, wanted, relaxes, request, end, progress).catch(nothingResolves);
      if (outcome instanceof ToolError) {
        failure ??= outcome;
        continue;
      }
      const { python } = candidate;
      if (kept === null || outcome.avoidable < kept.outcome.avoidable) kept = { python, outcome };
      // A Python for which all was there on the day is as good as any after it.
      if (kept.outcome.avoidable === 0 || python.declared === true) break;
    }
    if (kept === null) continue;
    const { python, outcome } = kept;
    const { pins, text: requirements, builds } = outcome;
    const findings = [...base, ...choiceFindings(python), ...outcome.findings];
    return { python, pins, requirements, builds, date, findings };
  }
  throw failure ?? noPython(request);

  function choiceFindings(taken: PythonChoice): readonly Finding[] {
    if (best === undefined || taken === best) return [];
    const lacking = candidates.find(({ python }) => python === best)?.unserved ?? [];
    const names = lacking.slice(0, 5).map(({ requirement, pin }) => `${requirement.name}==${pin}`);
    const bound = bounds.find(({ distribution }) => distribution === "python");
    const why =
      names.length > 0
        ? `${names.join(", ")} ${names.length === 1 ? "has" : "have"} no wheel for it`
        : (bound?.reason ?? "more of the packages of that day have wheels for it");
    return [pythonFinding(taken, best, why)];
  }
}

/** With the pins kept: those Pythons that have wheels for all of them. Else those that lack the fewest come first. */
function inOrder(candidates: readonly Candidate[], relaxes: boolean): readonly Candidate[] {
  const chosen = relaxes
    ? candidates.toSorted((a, b) => a.unserved.length - b.unserved.length)
    : candidates.filter(({ unserved }) => unserved.length === 0);
  return chosen.slice(0, mostPythons);
}

/** What installers bring along unasked, and an environment of pins does not: a bound on it says that it is needed. */
function installersBounds({ bounds }: ResolutionRequest): readonly DatedRequirement[] {
  return bounds.flatMap(({ distribution, specifier }) =>
    distribution === "setuptools" ? [{ text: distribution + specifier, location: null }] : [],
  );
}

async function tryOn(
  { python, unserved, latest }: Candidate,
  all: readonly Wanted[],
  relaxes: boolean,
  request: ResolutionRequest,
  end: string | null,
  progress: Progress,
): Promise<Outcome> {
  const { bounds, allowBuilds, confine } = request;
  const changed = await Promise.all(
    all.map((one) =>
      relaxes && unserved.includes(one) ? relaxToWheel(one, python, bounds) : { wanted: one, finding: null },
    ),
  );
  const wanted = changed.map((one) => one.wanted);
  const later = end !== null && latest !== null && latest.uploaded >= end ? latest : null;
  const findings = changed.flatMap(({ finding }) => finding ?? []);
  if (later !== null && end !== null) findings.push(laterPinsFinding(end, later.wanted, later.uploaded));
  const before = later === null ? end : new Date(Date.parse(later.uploaded) + 1000).toISOString();
  // The last moment that counts, not the first that does not.
  const day = before === null ? "today" : new Date(Date.parse(before) - 1).toISOString().slice(0, 10);
  progress(`resolving ${wanted.length} requirements as of ${day} on Python ${python.interpreter.version}`);
  const packages = bounds.filter(({ distribution }) => distribution !== "python");
  const others = request.pythons.flatMap((one) => (one === python ? [] : [one.interpreter]));
  const plan = { python, others, wanted, bounds: packages, before, relaxes, allowBuilds, confine, findings };
  return attempt(plan, progress);
}

function noPython({ bounds, pythons }: ResolutionRequest): ToolError {
  const needed = specifierOf(bounds, "python");
  const there = pythons.map(({ interpreter }) => interpreter.version).join(", ") || "none";
  return new ToolError(
    "INTERPRETER_MISSING",
    needed === "" ? "No Python to resolve for" : `No Python ${needed} is at hand: ${there}`,
    { hint: "Install one (`uv python install`, pyenv, or the system's package), then run the same again." },
  );
}

/** The first moment after a day. */
function endOf(date: string): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) + 86_400_000).toISOString();
}
