import { explainInstallFailure } from "../../environments/index.ts";
import type { Interpreter, ToolError } from "../../model/index.ts";
import { specifierOf } from "./candidates.ts";
import type { Plan, State } from "./plan.ts";
import { dependentsOf, readFailure } from "./read-failure.ts";
import {
  admits,
  firstAfter,
  momentAfter,
  nearestRelease,
  newestAt,
  releasesOf,
  wheelFor,
  type Release,
} from "./releases.ts";
import { liftUntilFree, movePinsThatNeed } from "./without-need.ts";
import { endOfTime } from "./wanted.ts";
import { droppedFinding, liftedFinding, overriddenFinding, relaxedFinding } from "./said.ts";

const notOnIndex = "it is not on the index";
const noWheel = "it has no wheel for this Python and machine";

/** Names that had no wheel on a day for a Python: facts of the index, which spare later attempts a run for each. */
const absences = new Map<string, Set<string>>();

const keyOf = ({ before, python }: Plan): string => `${before} ${python.interpreter.version}`;

/** Lifts what is known, or soon seen, to have had no wheel on the day: what is asked for, and what earlier attempts met. */
export async function liftAbsent(plan: Plan, state: State): Promise<void> {
  if (plan.before === null) return;
  const direct = state.wanted.filter(({ requirement, pin }) => pin === null && requirement.url === null);
  const names = new Set([
    ...direct.map(({ requirement }) => requirement.name),
    ...(absences.get(keyOf(plan)) ?? []),
  ]);
  const absent = await Promise.all(
    [...names].map(async (name) => {
      const releases = await releasesOf(name);
      const there = releases === null || newestAt(releases, plan.before, plan.python.interpreter) !== null;
      return there ? null : { name, releases };
    }),
  );
  for (const one of absent) {
    if (one === null) continue;
    const asked =
      direct.find(({ requirement }) => requirement.name === one.name)?.requirement.specifier ?? "";
    const bounds = specifierOf(plan.bounds, one.name);
    if (lift(plan, state, one.name, one.releases, [asked, bounds].filter((text) => text !== "").join(",")))
      state.tries.set(one.name, 1);
  }
}

/** Changes the state so that the next run can get further; false where nothing is left to try. */
export async function remedy(plan: Plan, state: State, error: ToolError): Promise<boolean> {
  const text = explainable(error);
  const { unknown, unserved, named } = readFailure(text);
  const { trial } = state;
  state.trial = null;
  if (trial !== null && [trial.name, ...trial.dependents].some((name) => unserved.includes(name))) {
    for (const dependent of trial.dependents) {
      state.lifted.delete(dependent);
      state.findings.delete(dependent);
    }
    state.dependents.set(trial.name, trial.dependents);
    return leaveOut(plan, state, trial.name, noWheel);
  }
  let changed = false;
  for (const name of unknown) changed = leaveOut(plan, state, name, notOnIndex) || changed;
  // Who needs something that has no wheel is named with it; what was not dealt with yet is the likelier cause.
  for (const names of await byLikelihood(plan, state, unserved)) {
    for (const name of names) changed = (await serve(plan, state, name, text)) || changed;
    if (changed) return true;
  }
  return changed || (plan.relaxes && loosen(state, named, error));
}

/** First what never has a wheel, then what had none on the day, then what was not dealt with yet, then the rest. */
async function byLikelihood(
  plan: Plan,
  state: State,
  names: readonly string[],
): Promise<readonly (readonly string[])[]> {
  const fresh = names.filter((name) => !state.tries.has(name));
  const absent: string[] = [];
  const never: string[] = [];
  for (const name of fresh) {
    const releases = await releasesOf(name);
    if (releases === null || newestAt(releases, null, plan.python.interpreter) === null) never.push(name);
    else if (newestAt(releases, plan.before, plan.python.interpreter) === null) {
      absent.push(name);
      remember(plan, name);
    }
  }
  return [
    never,
    absent,
    fresh.filter((name) => !absent.includes(name) && !never.includes(name)),
    names.filter((name) => !fresh.includes(name)),
  ];
}

export function remember(plan: Plan, name: string): void {
  const names = absences.get(keyOf(plan)) ?? new Set();
  absences.set(keyOf(plan), names.add(name));
}

/** Finds a release of `name` that can be installed, in the order of how little it changes. */
async function serve(plan: Plan, state: State, name: string, text: string): Promise<boolean> {
  const python = plan.python.interpreter;
  const tries = state.tries.get(name) ?? 0;
  state.tries.set(name, tries + 1);
  if (state.excluded.has(name) || state.builds.has(name) || tries > 3) return false;
  const releases = await releasesOf(name);
  if (releases === null) return leaveOut(plan, state, name, notOnIndex);
  const direct = state.wanted.filter(({ requirement }) => requirement.name === name);
  const pinned = direct.find(({ pin }) => pin !== null);
  if (pinned !== undefined && !plan.relaxes) return false;
  const bounds = specifierOf(plan.bounds, name);
  const specifier = [...direct.map(({ requirement }) => requirement.specifier), bounds]
    .filter((one) => one !== "")
    .join(",");
  if (tries < 2 && lift(plan, state, name, releases, specifier)) return true;
  const other =
    pinned?.pin === undefined || pinned.pin === null
      ? (newestAt(releases, plan.before, python) ?? nearestRelease(releases, "0", python, bounds))
      : nearestRelease(releases, pinned.pin, python, bounds);
  if (other === null) {
    if (direct.length === 0 && (await liftDependents(plan, state, name, text))) return true;
    if (pinned !== undefined && !plan.allowBuilds) await movePinsThatNeed(plan, state, name);
    state.dependents.set(name, dependentsOf(text, name));
    return leaveOut(plan, state, name, noWheel);
  }
  if (state.overrides.get(name) === other.version) return false;
  state.overrides.set(name, other.version);
  // It may be of a later day than the rest.
  state.lifted.set(name, endOfTime);
  const asked = direct[0];
  state.findings.set(
    name,
    asked === undefined
      ? overriddenFinding(name, other.version, python.version)
      : relaxedFinding(asked, other.version, `it has no wheel for Python ${python.version}`),
  );
  return true;
}

/** Lets the first release count that has a wheel and came after the day. */
export function lift(
  plan: Plan,
  state: State,
  name: string,
  releases: readonly Release[],
  specifier: string,
): boolean {
  const { before } = plan;
  if (before === null) return false;
  const from = state.lifted.get(name) ?? before;
  const found = firstAfter(releases, from, plan.python.interpreter, specifier);
  if (found === null) return false;
  state.lifted.set(name, momentAfter(found.uploaded));
  const direct = state.wanted.find(({ requirement }) => requirement.name === name);
  state.findings.set(name, liftedFinding(name, found.release.version, found.uploaded, plan, direct));
  const inTime = (python: Interpreter): boolean =>
    releases.some((release) => {
      const uploaded = release.prerelease ? null : wheelFor(release, python);
      return uploaded !== null && uploaded <= before && admits(specifier, release.version);
    });
  // Of what others bring along a wheel or two of a later day is no reason for another Python.
  if (direct !== undefined && !inTime(plan.python.interpreter) && plan.others.some(inTime))
    state.avoidable.add(name);
  return true;
}

/** Takes who is said to need a package without a wheel from a later day, for a try. */
async function liftDependents(plan: Plan, state: State, name: string, text: string): Promise<boolean> {
  const lifted = await liftUntilFree(plan, state, name, dependentsOf(text, name));
  if (lifted.length > 0) state.trial = { name, dependents: lifted };
  return lifted.length > 0;
}

function leaveOut(plan: Plan, state: State, name: string, why: string): boolean {
  if (state.excluded.has(name) || state.builds.has(name)) return false;
  const direct = state.wanted.find(({ requirement }) => requirement.name === name);
  const built = why !== notOnIndex && plan.allowBuilds;
  (built ? state.builds : state.excluded).add(name);
  state.overrides.delete(name);
  state.findings.set(name, droppedFinding(name, why, built, direct ?? null));
  return true;
}

/** Frees the exact pins that contradict each other, one more at each call. */
function loosen(state: State, named: readonly string[], error: ToolError): boolean {
  const pinned = state.wanted.filter(
    ({ requirement, pin }) => pin !== null && named.includes(requirement.name),
  );
  const next = pinned.find(({ requirement }) => !state.moved.has(requirement.name)) ?? pinned[0];
  if (next === undefined) return false;
  // What contradicts a release of a later day may give way to one of that day.
  const day = [...state.moved.values()].toSorted().at(-1);
  const until = state.lifted.get(next.requirement.name);
  if (day !== undefined && (until === undefined || until < day)) state.lifted.set(next.requirement.name, day);
  state.wanted = state.wanted.map((one) =>
    one === next ? { ...one, pin: null, requirement: { ...one.requirement, specifier: "" } } : one,
  );
  // Why it moves is said with its new version; why later releases of it count needs no words of its own.
  state.findings.delete(next.requirement.name);
  const movers = [...state.moved.keys()].filter((name) => named.includes(name));
  const why =
    movers.length > 0
      ? `it does not go with the later ${movers.join(" and ")}`
      : shortened(explainInstallFailure(error)?.message ?? error.message);
  state.freed.set(next.requirement.name, { wanted: next, why });
  return true;
}

const shortened = (text: string): string => {
  const plain = text.replaceAll(/\s+/gu, " ").replace(/\.$/u, "");
  return plain.length > 240 ? `${plain.slice(0, 240)}…` : plain;
};

function explainable(error: ToolError): string {
  const cause = error.cause as { readonly stderr?: unknown } | undefined;
  return typeof cause?.stderr === "string" ? cause.stderr : error.message;
}
