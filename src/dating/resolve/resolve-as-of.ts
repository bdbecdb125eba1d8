import { satisfiesSpecifier, type Confine, type Progress } from "../../environments/index.ts";
import { ToolError, type Finding } from "../../model/index.ts";
import type { PythonChoice } from "../pythons/python-choices.ts";
import type { Bound } from "../removals/bound.ts";
import { attempt, type Outcome } from "./attempt.ts";
import { admits, findRelease, nearestRelease, releasesOf, wheelFor, type Release } from "./releases.ts";
import { laterPinsFinding, pythonFinding, relaxedFinding } from "./said.ts";
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

const mostPythons = 5;

/**
 * The versions that a project's requirements came to on its day: all exact pins kept on the best Python that has wheels
 * for them; where none has, the pins without a wheel relaxed to the nearest release that has one. Every change is a
 * finding. Throws ToolError LOCK_FAILED with the exact cause where nothing resolves, NETWORK_UNAVAILABLE, or
 * INTERPRETER_MISSING where no Python is left.
 */
export async function resolveAsOf(request: ResolutionRequest, progress: Progress): Promise<Resolution> {
  const read = readWanted(request.requirements);
  const pythons = admitted(request.pythons, request.bounds);
  const best = request.pythons[0] ?? pythons[0];
  if (best === undefined || pythons.length === 0) throw noPython(request);
  const bounded = await withinBounds(read.wanted, request.bounds, best);
  const candidates = await Promise.all(pythons.map((python) => survey(python, bounded.wanted)));
  const keeping = candidates.filter(({ unserved }) => unserved.length === 0);
  const relaxing = candidates.toSorted((a, b) => a.unserved.length - b.unserved.length);
  const firstFailure: { error: ToolError | null } = { error: null };
  for (const relaxes of [false, true]) {
    for (const candidate of (relaxes ? relaxing : keeping).slice(0, mostPythons)) {
      try {
        const findings = [...read.findings, ...bounded.findings, ...reasonFor(candidate.python)];
        const outcome = await tryOn(candidate, bounded.wanted, relaxes, request, progress);
        return finish(request, candidate.python, outcome, findings);
      } catch (error) {
        if (!(error instanceof ToolError) || error.code !== "LOCK_FAILED") throw error;
        firstFailure.error ??= error;
      }
    }
  }
  throw firstFailure.error ?? noPython(request);

  function reasonFor(taken: PythonChoice): readonly Finding[] {
    if (best === undefined || taken === best) return [];
    const lacking = candidates.find(({ python }) => python === best)?.unserved ?? [];
    const names = lacking.slice(0, 5).map(({ requirement, pin }) => `${requirement.name}==${pin}`);
    const bound = request.bounds.find(({ distribution }) => distribution === "python");
    const why =
      names.length > 0
        ? `${names.join(", ")} ${names.length === 1 ? "has" : "have"} no wheel for it`
        : (bound?.reason ?? "the requirements do not resolve on it");
    return [pythonFinding(taken, best, why)];
  }
}

function finish(
  { date }: ResolutionRequest,
  python: PythonChoice,
  { pins, text, builds, findings }: Outcome,
  before: readonly Finding[],
): Resolution {
  return { python, pins, requirements: text, builds, date, findings: [...before, ...findings] };
}

interface Candidate {
  readonly python: PythonChoice;
  /** Exact pins without a wheel for it. */
  readonly unserved: readonly Wanted[];
  /** The pin that was uploaded last, and when. */
  readonly latest: { readonly wanted: Wanted; readonly uploaded: string } | null;
}

/** How a Python serves the exact pins. */
async function survey(python: PythonChoice, wanted: readonly Wanted[]): Promise<Candidate> {
  const unserved: Wanted[] = [];
  let latest: Candidate["latest"] = null;
  for (const one of wanted) {
    if (one.pin === null || !applies(one)) continue;
    const release = findRelease((await releasesOf(one.requirement.name)) ?? [], one.pin);
    const uploaded = release === null ? null : wheelFor(release, python.interpreter);
    if (uploaded === null) unserved.push(one);
    else if (latest === null || uploaded > latest.uploaded) latest = { wanted: one, uploaded };
  }
  return { python, unserved, latest };
}

/** A requirement with a marker may be for another machine: whether it is, the resolver knows. */
const applies = ({ requirement }: Wanted): boolean => requirement.marker === null;

async function tryOn(
  { python, unserved, latest }: Candidate,
  all: readonly Wanted[],
  relaxes: boolean,
  request: ResolutionRequest,
  progress: Progress,
): Promise<Outcome> {
  const { date, bounds, allowBuilds, confine } = request;
  const end = date === null ? null : endOf(date);
  const findings: Finding[] = [];
  const wanted = await Promise.all(
    all.map((one) => (relaxes && unserved.includes(one) ? relaxed(one, python, bounds, findings) : one)),
  );
  const later = end !== null && latest !== null && latest.uploaded >= end ? latest : null;
  if (later !== null && date !== null) findings.push(laterPinsFinding(date, later.wanted, later.uploaded));
  const before = later === null ? end : new Date(Date.parse(later.uploaded) + 1000).toISOString();
  progress(
    `resolving ${wanted.length} requirements as of ${before?.slice(0, 10) ?? "today"} on Python ${python.interpreter.version}`,
  );
  const packages = bounds.filter(({ distribution }) => distribution !== "python");
  return attempt(
    { python, wanted, bounds: packages, before, relaxes, allowBuilds, confine, findings },
    progress,
  );
}

async function relaxed(
  one: Wanted,
  { interpreter }: PythonChoice,
  bounds: readonly Bound[],
  findings: Finding[],
): Promise<Wanted> {
  const { requirement, pin } = one;
  const releases = await releasesOf(requirement.name);
  // Not on the index at all: the attempt says so.
  if (releases === null || pin === null) return one;
  const nearest = nearestRelease(releases, pin, interpreter, specifierOf(bounds, requirement.name));
  if (nearest === null) return one;
  const there = findRelease(releases, pin) === null ? "the index has no such version" : null;
  findings.push(
    relaxedFinding(one, nearest.version, there ?? `it has no wheel for Python ${interpreter.version}`),
  );
  return withPin(one, nearest);
}

const withPin = (one: Wanted, { version }: Release): Wanted => ({
  ...one,
  pin: version,
  requirement: { ...one.requirement, specifier: `==${version}` },
});

const specifierOf = (bounds: readonly Bound[], name: string): string =>
  bounds.flatMap(({ distribution, specifier }) => (distribution === name ? [specifier] : [])).join(",");

/** Exact pins that a bound rules out step back to the nearest release within it. */
async function withinBounds(
  wanted: readonly Wanted[],
  bounds: readonly Bound[],
  { interpreter }: PythonChoice,
): Promise<{ readonly wanted: readonly Wanted[]; readonly findings: readonly Finding[] }> {
  const findings: Finding[] = [];
  const all = wanted.map(async (one) => {
    const { requirement, pin } = one;
    const specifier = specifierOf(bounds, requirement.name);
    if (pin === null || specifier === "" || admits(specifier, pin)) return one;
    const nearest = nearestRelease((await releasesOf(requirement.name)) ?? [], pin, interpreter, specifier);
    const reason = bounds.find(({ distribution }) => distribution === requirement.name)?.reason ?? "";
    findings.push(relaxedFinding(one, nearest?.version ?? null, reason));
    return nearest === null
      ? { ...one, pin: null, requirement: { ...requirement, specifier } }
      : withPin(one, nearest);
  });
  return { wanted: await Promise.all(all), findings };
}

function admitted(pythons: readonly PythonChoice[], bounds: readonly Bound[]): readonly PythonChoice[] {
  const specifier = specifierOf(bounds, "python");
  return pythons.filter(({ interpreter }) => satisfiesSpecifier(interpreter.version, specifier));
}

function noPython({ bounds, pythons }: ResolutionRequest): ToolError {
  const needed = specifierOf(bounds, "python");
  const there = pythons.map(({ interpreter }) => interpreter.version).join(", ") || "none";
  return new ToolError(
    "INTERPRETER_MISSING",
    needed === "" ? "No Python to resolve for" : `No Python ${needed} is at hand: ${there}`,
    { hint: `Install one (\`uv python install\`, pyenv, or the system's package), then run the same again.` },
  );
}

/** The first moment after a day. */
function endOf(date: string): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) + 86_400_000).toISOString();
}
