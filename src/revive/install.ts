import type { PythonChoice } from "../dating/index.ts";
import { ToolError, type Environment, type Finding } from "../model/index.ts";
import { signatureOf, type Attempt, type Prepared } from "./attempt.ts";
import { bentTools } from "./bent-tools.ts";
import { installCause, mendInstall } from "./install-mends.ts";
import { prepare } from "./prepare.ts";
import type { ReviveOptions, ReviveStep } from "./revival.ts";
import type { StartSpec } from "./start-spec.ts";
import type { Tell } from "./teller.ts";
import type { Workshop } from "./workshop.ts";

/** Mends of what cannot be installed are quick, and do not count as rounds. */
const mostInstalls = 12;

/** What the attempts of a group have in common. */
export interface InstallRequest {
  readonly workshop: Workshop;
  /** YYYY-MM-DD; null: today. */
  readonly date: string | null;
  readonly pythons: readonly PythonChoice[];
  readonly options: ReviveOptions;
}

/** An attempt as it could be installed; without an environment where it could not be, and then why. */
export interface Installed {
  readonly attempt: Attempt;
  readonly prepared: Prepared | null;
  readonly cause: Finding | null;
}

export interface Installing {
  readonly start: StartSpec;
  readonly tried: Set<string>;
  readonly tell: Tell;
  readonly round: number;
}

const projectAtFault = /^(?:ENVIRONMENT_FAILED|LOCK_FAILED|INTERPRETER_MISSING)$/u;

/** Prepares an attempt; what stands in the way of installing and is not needed is left out. */
export async function install(
  { workshop, date, pythons, options }: InstallRequest,
  wanted: Attempt,
  { start, tried, tell, round }: Installing,
): Promise<Installed> {
  const { root } = workshop.subject.project;
  let attempt = wanted;
  for (let count = 0; ; count += 1) {
    try {
      const request = { attempt, date, pythons, root, allowBuilds: options.allowBuilds ?? false };
      const { findings, ...prepared } = await prepare(request, options.progress);
      const lighter = withoutBent(attempt, prepared.environment, findings, start);
      if (lighter !== null && !tried.has(signatureOf(lighter.attempt))) {
        tell({ round, kind: "drop-unused", ...lighter.told });
        attempt = lighter.attempt;
        tried.add(signatureOf(attempt));
        continue;
      }
      for (const finding of findings) tell(resolutionStep(finding, round), finding);
      return { attempt, prepared, cause: null };
    } catch (error) {
      if (!(error instanceof ToolError) || !projectAtFault.test(error.code)) throw error;
      const mended = count < mostInstalls ? mendInstall(attempt, error, start) : null;
      if (mended === null || tried.has(signatureOf(mended.attempt))) {
        return { attempt, prepared: null, cause: installCause(error, attempt) };
      }
      const { id, action, reason, location } = mended;
      tell({ round, kind: id, action, reason, location });
      attempt = mended.attempt;
      tried.add(signatureOf(attempt));
    }
  }
}

/** The attempt without tools that nothing imports and that bend the resolution; null where there are none. */
function withoutBent(
  attempt: Attempt,
  environment: Environment,
  findings: readonly Finding[],
  { needs }: StartSpec,
): { readonly attempt: Attempt; readonly told: Pick<ReviveStep, "action" | "reason" | "location"> } | null {
  const found = bentTools(attempt, environment, findings, needs);
  const [first] = found?.tools ?? [];
  if (found === null || first === undefined) return null;
  const names = found.tools.map(({ name }) => name).join(", ");
  const reason = `nothing that is run here imports ${found.tools.length === 1 ? "it" : "them"}, and what comes with ${found.tools.length === 1 ? "it" : "them"} has no wheel or does not go together: ${found.parts.join(", ")}`;
  return {
    attempt: { ...attempt, asked: attempt.asked.filter((asked) => !found.tools.includes(asked)) },
    told: { action: `leave out ${names}`, reason, location: first.location },
  };
}

/** What the resolution had to change, as a step: its message says both what and why. */
function resolutionStep({ rule, message, file, line }: Finding, round: number): ReviveStep {
  const at = message.indexOf(": ");
  const [action, reason] = at < 0 ? [message, ""] : [message.slice(0, at), message.slice(at + 2)];
  return { round, kind: rule, action, reason, location: file === null ? null : { file, line } };
}
