import type { FailedRun } from "../diagnose/index.ts";
import type { Finding, Interpreter } from "../model/index.ts";
import { ToolError } from "../model/index.ts";
import { signatureOf, type Attempt, type Prepared } from "./attempt.ts";
import { installCause, mendInstall } from "./install-mends.ts";
import type { Mended } from "./mend.ts";
import { mends } from "./mends.ts";
import { prepare } from "./prepare.ts";
import type { ReviveOptions, ReviveStep } from "./revival.ts";
import { runEntries, type RanEntry } from "./run-entries.ts";
import { startSpec, type Group, type StartSpec } from "./start-spec.ts";
import { makeFolders, type Workshop } from "./workshop.ts";

/** How a group of entries ended. */
export interface RevivedGroup {
  readonly folder: string;
  readonly manifests: Group["manifests"];
  readonly attempt: Attempt;
  /** What the entries ran in; null where nothing could be installed. */
  readonly prepared: Prepared | null;
  readonly ran: ReadonlyMap<string, RanEntry>;
  /** Why nothing could be installed. */
  readonly installCause: Finding | null;
  /** What was declared and left out, since installing failed because of it. */
  readonly dropped: readonly string[];
  readonly findings: readonly Finding[];
}

export interface GroupRequest {
  readonly workshop: Workshop;
  readonly group: Group;
  readonly date: string | null;
  readonly pythons: readonly Interpreter[];
  readonly options: ReviveOptions;
  readonly step: (step: ReviveStep) => void;
}

const defaultRounds = 8;
/** Mends of what cannot be installed are quick, and do not count as rounds. */
const mostInstalls = 12;

/** The loop for one group: prepare, run what has not run, read the failures, mend, again; the best attempt counts. */
export async function reviveGroup(request: GroupRequest): Promise<RevivedGroup> {
  const { workshop, group, options, step } = request;
  const { progress } = options;
  const start = startSpec(workshop.subject, group);
  for (const taken of start.steps) step({ round: 0, ...taken });
  let attempt: Attempt = { entries: group.entries, asked: start.asked, bounds: [], folders: [] };
  const tried = new Set([signatureOf(attempt)]);
  const findings: Finding[] = [...start.findings];
  let ran = new Map<string, RanEntry>();
  let last: Prepared | null = null;
  let best: Pick<RevivedGroup, "attempt" | "prepared" | "ran"> | null = null;
  const rounds = options.rounds ?? defaultRounds;
  for (let round = 1; round <= rounds; round += 1) {
    const made = await install(request, attempt, start, round, tried);
    attempt = made.attempt;
    if (made.prepared === null) {
      if (best === null) return finish({ attempt, prepared: null, ran: new Map() }, made.cause);
      break;
    }
    findings.push(...made.findings);
    const { prepared } = made;
    // Another environment is another experiment: what ran in the last one has to run again.
    if (last !== null && last.environment.digest !== prepared.environment.digest && round > 1) {
      ran = new Map([...ran].filter(([, { failed }]) => failed !== null));
    }
    last = prepared;
    makeFolders(workshop, attempt.folders);
    const commands = attempt.entries.map(({ command }) => command);
    const due = commands.filter(({ name }) => ran.get(name)?.failed !== null);
    const results = await runEntries(workshop, due, prepared.environment, `round ${round}`, progress);
    ran = new Map([...ran, ...results]);
    const current = { attempt, prepared, ran };
    if (best === null || countOf(ran) >= countOf(best.ran)) best = current;
    const failures = [...ran.values()].flatMap(({ failed }) => failed ?? []);
    if (failures.length === 0) break;
    let next = attempt;
    for (const failed of failures) {
      const mended = mendOf(next, failed, prepared, tried);
      if (mended === null) continue;
      step({
        round,
        kind: mended.id,
        action: mended.action,
        reason: mended.reason,
        location: mended.location,
      });
      next = mended.attempt;
    }
    if (next === attempt) break;
    tried.add(signatureOf(next));
    attempt = next;
  }
  return finish(best ?? { attempt, prepared: null, ran: new Map() }, null);

  function finish(
    end: Pick<RevivedGroup, "attempt" | "prepared" | "ran">,
    cause: Finding | null,
  ): RevivedGroup {
    const kept = new Set(end.attempt.asked.map(({ name }) => name));
    const dropped = start.declared.filter(({ name, origin }) => origin === "declared" && !kept.has(name));
    return {
      folder: group.folder,
      manifests: group.manifests,
      ...end,
      installCause: cause,
      dropped: end.prepared === null ? [] : dropped.map(({ name }) => name),
      findings,
    };
  }
}

const countOf = (ran: ReadonlyMap<string, RanEntry>): number =>
  [...ran.values()].filter(({ failed }) => failed === null).length;

interface Installed {
  readonly attempt: Attempt;
  readonly prepared: Prepared | null;
  readonly cause: Finding | null;
  readonly findings: readonly Finding[];
}

/** Prepares an attempt; what stands in the way of installing and is not needed is left out. */
async function install(
  { date, pythons, options, step }: GroupRequest,
  wanted: Attempt,
  start: StartSpec,
  round: number,
  tried: Set<string>,
): Promise<Installed> {
  let attempt = wanted;
  for (let count = 0; ; count += 1) {
    try {
      const request = { attempt, date, pythons, allowBuilds: options.allowBuilds ?? false };
      const { findings, ...prepared } = await prepare(request, options.progress);
      return { attempt, prepared, cause: null, findings };
    } catch (error) {
      if (!(error instanceof ToolError) || !/^(?:ENVIRONMENT_FAILED|LOCK_FAILED)$/u.test(error.code))
        throw error;
      const mended = count < mostInstalls ? mendInstall(attempt, error, start) : null;
      if (mended === null || tried.has(signatureOf(mended.attempt))) {
        return { attempt, prepared: null, cause: installCause(error, attempt), findings: [] };
      }
      const { id, action, reason, location } = mended;
      step({ round, kind: id, action, reason, location });
      attempt = mended.attempt;
      tried.add(signatureOf(attempt));
    }
  }
}

/** The first mend that applies and leads to an attempt that was not tried yet. */
function mendOf(
  attempt: Attempt,
  failed: FailedRun,
  prepared: Prepared,
  tried: ReadonlySet<string>,
): (Mended & { readonly id: string }) | null {
  if (failed.run.timedOut) return null;
  for (const mend of mends) {
    const mended = mend.apply({ attempt, failed, prepared });
    if (mended !== null && !tried.has(signatureOf(mended.attempt))) return { ...mended, id: mend.id };
  }
  return null;
}
