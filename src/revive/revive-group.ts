import type { FailedRun } from "../diagnose/index.ts";
import type { PythonChoice } from "../dating/index.ts";
import { dueCommands, unchangedCommands } from "./due-commands.ts";
import { seenModules, wrongMappings } from "../inference/index.ts";
import { makeFinding, type Finding } from "../model/index.ts";
import { signatureOf, type Attempt, type Prepared } from "./attempt.ts";
import { install } from "./install.ts";
import type { Failed, Mended } from "./mend.ts";
import { mends } from "./mends.ts";
import type { ReviveOptions, ReviveStep } from "./revival.ts";
import { runEntries, type RanEntry } from "./run-entries.ts";
import type { Group, StartSpec } from "./start-spec.ts";
import { calledWords } from "./spare.ts";
import { teller } from "./teller.ts";
import { unreachedSteps } from "./unreached.ts";
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
  readonly start: StartSpec;
  readonly date: string | null;
  readonly pythons: readonly PythonChoice[];
  readonly options: ReviveOptions;
  readonly step: (step: ReviveStep) => void;
}

const defaultRounds = 8;
const defaultTimeoutSeconds = 900;

/** The loop for one group: prepare, run what has not run, read the failures, mend, again; the best attempt counts. */
export async function reviveGroup(request: GroupRequest): Promise<RevivedGroup> {
  const { workshop, group, start, options } = request;
  const { tell, findings } = teller(request.step, start);
  for (const taken of start.steps) tell({ round: 0, ...taken });
  const first: Attempt = {
    entries: group.entries,
    asked: start.asked,
    bounds: [],
    called: calledWords(workshop.subject.project, group.entries),
    folders: [],
  };
  const tried = new Set([signatureOf(first)]);
  const made = await install(request, first, { start, tried, tell, round: 0 });
  if (made.prepared === null) return finish({ ...made, ran: new Map() }, made.cause);
  for (const { rule, message, why, file, line } of deniedMappings(start, made.prepared)) {
    const location = file === null ? null : { file, line };
    tell({ round: 0, kind: rule, action: message, reason: why ?? "", location });
  }
  let state = await run(made.attempt, made.prepared, new Map(), 1);
  let best = state;
  const rounds = options.rounds ?? defaultRounds;
  let last = 1;
  for (let round = 1; round < rounds; round += 1) {
    const failures = [...state.ran.values()].flatMap(({ failed }) => failed ?? []);
    const next = mendAll(state, failures, round);
    if (next === state.attempt) break;
    tried.add(signatureOf(next));
    const isSameSpec = next.asked === state.attempt.asked && next.bounds === state.attempt.bounds;
    const renewed = isSameSpec
      ? { attempt: next, prepared: state.prepared, cause: null }
      : await install(request, next, { start, tried, tell, round });
    if (renewed.prepared === null) {
      const reason = renewed.cause?.message ?? "it cannot be installed";
      tell({ round, kind: "undone", action: "undo that", reason, location: null });
      continue;
    }
    const lost = lostBy(state, renewed.attempt, renewed.prepared);
    if (lost !== null) {
      const reason = `${lost} has no release within that bound that can be installed here`;
      tell({ round, kind: "undone", action: "undo that", reason, location: null });
      continue;
    }
    // Another environment is another experiment: what ran in the last one has to run again.
    const isSame = renewed.prepared.environment.digest === state.prepared.environment.digest;
    const kept = new Map([...state.ran].filter(([, { run }]) => isSame || run.timedOut));
    const isAsBefore = isSame && renewed.attempt.folders === state.attempt.folders;
    const same = isAsBefore ? unchangedCommands(state.attempt, renewed.attempt) : new Set<string>();
    last = round + 1;
    state = await run(renewed.attempt, renewed.prepared, kept, round + 1, same);
    if (countOf(state.ran) >= countOf(best.ran)) best = state;
  }
  for (const noted of unreachedSteps(workshop, best.ran)) {
    const finding = makeFinding(noted.kind, "warning", `${noted.action}: ${noted.reason}`, {
      why: "A clean room has no network, and what is caught and passed over is no result.",
      fix: "Put what it fetches into the project, or declare it under [data] in rung.toml; or say network = true for the command.",
    });
    tell({ round: last, ...noted }, finding);
  }
  return finish(best, null);

  /** Runs what has not run to its end yet with these settings. */
  async function run(
    attempt: Attempt,
    prepared: Prepared,
    earlier: ReadonlyMap<string, RanEntry>,
    round: number,
    settled: ReadonlySet<string> = new Set(),
  ): Promise<State> {
    makeFolders(workshop, attempt.folders);
    const due = dueCommands(attempt, earlier, settled);
    const results = await runEntries(workshop, due, prepared.environment, {
      label: `round ${round}`,
      progress: options.progress,
      timeoutSeconds: options.timeoutSeconds ?? defaultTimeoutSeconds,
    });
    return { attempt, prepared, ran: new Map([...earlier, ...results]) };
  }

  /** One mend for each failure, one after the other. */
  function mendAll({ attempt, prepared }: State, failures: readonly FailedRun[], round: number): Attempt {
    let next = attempt;
    for (const failed of failures) {
      const mended = mendOf({ attempt: next, failed, prepared, needs: start.needs }, tried);
      if (mended === null) continue;
      const { id, action, reason, location } = mended;
      tell({ round, kind: id, action, reason, location });
      next = mended.attempt;
    }
    return next;
  }

  function finish(
    end: Pick<RevivedGroup, "attempt" | "prepared" | "ran">,
    cause: Finding | null,
  ): RevivedGroup {
    const { folder, manifests } = group;
    const kept = new Set(end.attempt.asked.map(({ name }) => name));
    const dropped = start.declared.filter(({ name, origin }) => origin === "declared" && !kept.has(name));
    const names = end.prepared === null ? [] : dropped.map(({ name }) => name);
    const { attempt, prepared, ran } = end;
    return {
      folder,
      manifests,
      attempt,
      prepared,
      ran,
      installCause: cause,
      dropped: names,
      // Of what it ends with: a mend may have taken a release that does bring the module.
      findings: [...findings(), ...(prepared === null ? [] : deniedMappings(start, prepared))],
    };
  }
}

/** What was taken for the distribution of an import and, now that it is installed, turns out not to bring it. */
function deniedMappings({ needs }: StartSpec, { environment }: Prepared): readonly Finding[] {
  const releases = Object.entries(environment.packages).map(([name, version]) => ({ name, version }));
  return wrongMappings(needs, { installed: null, pinned: seenModules(releases) });
}

interface State {
  readonly attempt: Attempt;
  readonly prepared: Prepared;
  readonly ran: ReadonlyMap<string, RanEntry>;
}

/** A package that was installed, and that the bound which an attempt adds to it leaves out; null where there is none. */
function lostBy(state: State, attempt: Attempt, prepared: Prepared): string | null {
  const added = attempt.bounds.filter((bound) => !state.attempt.bounds.includes(bound));
  const isLost = (name: string): boolean => state.prepared.pins.has(name) && prepared.leftOut.includes(name);
  return added.find(({ distribution }) => isLost(distribution))?.distribution ?? null;
}

const countOf = (ran: ReadonlyMap<string, RanEntry>): number =>
  [...ran.values()].filter(({ failed }) => failed === null).length;

/** The first mend that applies and leads to an attempt that was not tried yet. */
function mendOf(failed: Failed, tried: ReadonlySet<string>): (Mended & { readonly id: string }) | null {
  if (failed.failed.run.timedOut) return null;
  for (const mend of mends) {
    const mended = mend.apply(failed);
    if (mended !== null && !tried.has(signatureOf(mended.attempt))) return { ...mended, id: mend.id };
  }
  return null;
}
