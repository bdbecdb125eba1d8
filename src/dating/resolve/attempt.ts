import { releaseMetadata, type Progress } from "../../environments/index.ts";
import { ToolError, type Finding } from "../../model/index.ts";
import { liftWhatHoldsBack } from "./behind.ts";
import { compile, type Pins } from "./compile.ts";
import { newState, type Plan, type State } from "./plan.ts";
import { liftAbsent, remedy } from "./remedies.ts";
import { relaxedFinding } from "./said.ts";
import { takeTogether } from "./together.ts";
import { lineOf, requirementName, type Wanted } from "./wanted.ts";

export interface Outcome extends Pins {
  readonly findings: readonly Finding[];
  /** Distributions that have no wheel and are to be built. */
  readonly builds: readonly string[];
  /** How many distributions are of a later day though another Python had them in time. */
  readonly avoidable: number;
}

const mostRuns = 30;

/**
 * Resolves on one Python. What has no wheel by the date is taken from the first day on which it has one; what never has
 * is left out, or built where that is allowed; each with its finding. Throws the ToolError of the last run where
 * nothing helps.
 */
export async function attempt(plan: Plan, progress: Progress): Promise<Outcome> {
  const state = newState(plan.wanted);
  await liftAbsent(plan, state);
  let looksBehind = 2;
  let looksTogether = 2;
  for (let run = 1; ; run += 1) {
    try {
      const pins = await ask(plan, state, progress);
      if (looksBehind > 0 && (await liftWhatHoldsBack(plan, state, pins.pins))) {
        looksBehind -= 1;
        continue;
      }
      if (looksTogether > 0 && (await takeTogether(plan, state, pins.pins))) {
        looksTogether -= 1;
        continue;
      }
      return {
        ...pins,
        findings: [...plan.findings, ...freedPins(state, pins), ...(await lastingFindings(state, pins))],
        builds: [...state.builds],
        avoidable: state.avoidable.size,
      };
    } catch (error) {
      if (!(error instanceof ToolError) || error.code !== "LOCK_FAILED" || run === mostRuns) throw error;
      if (!(await remedy(plan, state, error))) throw error;
    }
  }
}

/** What was done for a package that is not needed in the end is not worth saying. */
async function lastingFindings(state: State, { pins }: Pins): Promise<readonly Finding[]> {
  const lasting = await Promise.all(
    [...state.findings].map(async ([name, finding]) => {
      const needed = pins.has(name) || (state.excluded.has(name) && (await isMissed(state, name, pins)));
      return needed ? [finding] : [];
    }),
  );
  return lasting.flat();
}

/** Whether the project or some package of the resolution asks for what was left out. */
async function isMissed(state: State, name: string, pins: ReadonlyMap<string, string>): Promise<boolean> {
  if (state.wanted.some(({ requirement }) => requirement.name === name)) return true;
  for (const dependent of state.dependents.get(name) ?? []) {
    const version = pins.get(dependent);
    const metadata = version === undefined ? null : await releaseMetadata(dependent, version);
    if (metadata?.requires.some((text) => requirementName(text) === name) === true) return true;
  }
  return false;
}

function freedPins(state: State, { pins }: Pins): readonly Finding[] {
  return [...state.freed].map(([name, { wanted, why }]) =>
    relaxedFinding(wanted, pins.get(name) ?? null, why),
  );
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
