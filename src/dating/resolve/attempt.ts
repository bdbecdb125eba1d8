import type { Confine, Progress } from "../../environments/index.ts";
import { explainInstallFailure } from "../../environments/index.ts";
import { ToolError, type Finding } from "../../model/index.ts";
import type { PythonChoice } from "../pythons/python-choices.ts";
import type { Bound } from "../removals/bound.ts";
import { compile, type Pins } from "./compile.ts";
import { readFailure } from "./read-failure.ts";
import { droppedFinding, liftedFinding, overriddenFinding, relaxedFinding } from "./said.ts";
import { firstAfter, nearestRelease, newestAt, releasesOf } from "./releases.ts";
import { lineOf, type Wanted } from "./wanted.ts";

/** What one attempt works on: the requirements as they stand, and what was changed to get through. */
export interface Plan {
  readonly python: PythonChoice;
  readonly wanted: readonly Wanted[];
  readonly bounds: readonly Bound[];
  /** Nothing uploaded after this moment counts (ISO 8601), but for what has to be lifted; null: now. */
  readonly before: string | null;
  /** May exact pins be changed? */
  readonly relaxes: boolean;
  readonly allowBuilds: boolean;
  readonly confine: Confine | undefined;
  readonly findings: readonly Finding[];
}

export interface Outcome extends Pins {
  readonly findings: readonly Finding[];
  /** Distributions that have no wheel and are to be built. */
  readonly builds: readonly string[];
}

const mostRuns = 25;

interface State {
  wanted: readonly Wanted[];
  readonly lifted: Map<string, string>;
  readonly overrides: Map<string, string>;
  readonly excluded: Set<string>;
  readonly builds: Set<string>;
  /** How often each name was dealt with. */
  readonly tries: Map<string, number>;
  readonly findings: Map<string, Finding>;
}

/**
 * Resolves on one Python. What has no wheel by the date is taken from the first day on which it has one; what never has
 * is left out, or built where that is allowed; each with its finding. Throws the ToolError of the last run where
 * nothing helps.
 */
export async function attempt(plan: Plan, progress: Progress): Promise<Outcome> {
  const state: State = {
    wanted: plan.wanted,
    lifted: new Map(),
    overrides: new Map(),
    excluded: new Set(),
    builds: new Set(),
    tries: new Map(),
    findings: new Map(),
  };
  for (let run = 1; ; run += 1) {
    try {
      const pins = await ask(plan, state, progress);
      const findings = [...plan.findings, ...state.findings.values()];
      return { ...pins, findings, builds: [...state.builds] };
    } catch (error) {
      if (!(error instanceof ToolError) || error.code !== "LOCK_FAILED" || run === mostRuns) throw error;
      if (!(await remedy(plan, state, error))) throw error;
    }
  }
}

async function ask(plan: Plan, state: State, progress: Progress): Promise<Pins> {
  const { python, before, confine } = plan;
  const leftOut = (name: string): boolean => state.excluded.has(name) || state.builds.has(name);
  const question = {
    lines: state.wanted.filter(({ requirement }) => !leftOut(requirement.name)).map(asLine),
    constraints: plan.bounds.map(({ distribution, specifier }) => distribution + specifier),
    overrides: [
      ...[...state.overrides].map(([name, version]) => `${name}==${version}`),
      // No Python satisfies this marker: the way to leave a package out whoever asks for it.
      ...[...state.excluded, ...state.builds].map((name) => `${name} ; python_version < '1'`),
    ],
    python: python.interpreter,
    before,
    lifted: state.lifted,
    builds: false,
    confine,
  };
  const pins = await compile(question, progress);
  if (state.builds.size === 0) return pins;
  // All that has a wheel is fixed by now, so that nothing but the rest can be taken as source.
  return compile(
    {
      ...question,
      lines: [
        ...state.wanted.filter(({ requirement }) => !state.excluded.has(requirement.name)).map(asLine),
        ...[...state.builds].filter((name) => !state.wanted.some((one) => one.requirement.name === name)),
      ],
      overrides: question.overrides.filter((line) => !state.builds.has(line.split(" ")[0] ?? "")),
      constraints: [
        ...question.constraints,
        ...[...pins.pins].flatMap(([name, version]) => (version.includes("/") ? [] : `${name}==${version}`)),
      ],
      builds: true,
    },
    progress,
  );
}

const asLine = ({ requirement }: Wanted): string => lineOf(requirement);

/** Changes the state so that the next run can get further; false where nothing is left to try. */
async function remedy(plan: Plan, state: State, error: ToolError): Promise<boolean> {
  const failure = readFailure(explainable(error));
  let changed = false;
  for (const name of failure.unknown)
    changed = leaveOut(plan, state, name, "it is not on the index") || changed;
  for (const name of failure.unserved) changed = (await serve(plan, state, name)) || changed;
  return changed || (plan.relaxes && loosen(state, failure.named, error));
}

async function serve(plan: Plan, state: State, name: string): Promise<boolean> {
  const python = plan.python.interpreter;
  const tries = state.tries.get(name) ?? 0;
  state.tries.set(name, tries + 1);
  if (state.excluded.has(name) || state.builds.has(name) || tries > 3) return false;
  const releases = await releasesOf(name);
  if (releases === null) return leaveOut(plan, state, name, "it is not on the index");
  const direct = state.wanted.filter(({ requirement }) => requirement.name === name);
  if (direct.some(({ pin }) => pin !== null) && !plan.relaxes) return false;
  const bound = plan.bounds
    .filter(({ distribution }) => distribution === name)
    .map(({ specifier }) => specifier);
  const specifier = [...direct.map(({ requirement }) => requirement.specifier), ...bound]
    .filter((one) => one !== "")
    .join(",");
  if (tries < 2 && plan.before !== null) {
    const found = firstAfter(releases, state.lifted.get(name) ?? plan.before, python, specifier);
    if (found !== null) {
      state.lifted.set(name, momentAfter(found.uploaded));
      state.findings.set(name, liftedFinding(name, found.release.version, found.uploaded, plan, direct[0]));
      return true;
    }
  }
  const at = direct.find(({ pin }) => pin !== null)?.pin ?? null;
  const other =
    at === null
      ? (newestAt(releases, plan.before, python) ?? nearestRelease(releases, "0", python, bound.join(",")))
      : nearestRelease(releases, at, python, bound.join(","));
  if (other === null) return leaveOut(plan, state, name, "it has no wheel for this Python and machine");
  if (state.overrides.get(name) === other.version) return false;
  state.overrides.set(name, other.version);
  // It may be of a later day than the rest.
  state.lifted.set(name, "2999-01-01T00:00:00Z");
  const asked = direct[0];
  state.findings.set(
    name,
    asked === undefined
      ? overriddenFinding(name, other.version, python.version)
      : relaxedFinding(asked, other.version, `it has no wheel for Python ${python.version}`),
  );
  return true;
}

function leaveOut(plan: Plan, state: State, name: string, why: string): boolean {
  if (state.excluded.has(name) || state.builds.has(name)) return false;
  const direct = state.wanted.find(({ requirement }) => requirement.name === name);
  const onIndex = why !== "it is not on the index";
  if (onIndex && plan.allowBuilds) state.builds.add(name);
  else state.excluded.add(name);
  state.overrides.delete(name);
  state.findings.set(name, droppedFinding(name, why, onIndex && plan.allowBuilds, direct ?? null));
  return true;
}

/** Frees the exact pins that contradict each other, one more at each call. */
function loosen(state: State, named: readonly string[], error: ToolError): boolean {
  const why = explainInstallFailure(error)?.message ?? error.message;
  const next = state.wanted.find(
    ({ requirement, pin }) =>
      requirement.specifier !== "" && pin !== null && named.includes(requirement.name),
  );
  if (next === undefined) return false;
  state.wanted = state.wanted.map((one) =>
    one === next ? { ...one, pin: null, requirement: { ...one.requirement, specifier: "" } } : one,
  );
  state.findings.set(`${next.requirement.name} freed`, relaxedFinding(next, null, why.slice(0, 300)));
  return true;
}

function explainable(error: ToolError): string {
  const cause = error.cause as { readonly stderr?: unknown } | undefined;
  return typeof cause?.stderr === "string" ? cause.stderr : error.message;
}

function momentAfter(time: string): string {
  return new Date(Date.parse(time) + 1000).toISOString();
}
