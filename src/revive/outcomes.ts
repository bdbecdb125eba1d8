import { makeFinding, type Command, type Finding } from "../model/index.ts";
import type { EntryDate } from "../dating/index.ts";
import { explainCause, type FailedRun } from "../diagnose/index.ts";
import { normaliseName } from "../manifests/index.ts";
import { committedVerdict } from "../levels/index.ts";
import { chooseSpec } from "../project/index.ts";
import { directNames } from "./direct-names.ts";
import { commandsOf } from "./entries.ts";
import type { RevivedEntry, RevivedEnvironment } from "./revival.ts";
import type { RevivedGroup } from "./revive-group.ts";
import type { Workshop } from "./workshop.ts";

/** How each entry of a group ended, with its last run against what the owner committed. */
export async function outcomesOf(
  { subject, store }: Workshop,
  group: RevivedGroup,
  dates: ReadonlyMap<string, EntryDate>,
): Promise<readonly RevivedEntry[]> {
  return Promise.all(
    group.attempt.entries.map(async (entry): Promise<RevivedEntry> => {
      const { given, command } = entry;
      const runs = commandsOf(entry).flatMap(({ name }) => group.ran.get(name) ?? []);
      const result = group.ran.get(command.name);
      const [failed] = runs.flatMap((run) => run.failed ?? []);
      const didRun = result !== undefined && failed === undefined;
      const cause =
        failed === undefined ? (group.installCause ?? notStarted(command)) : causeOf(failed, group);
      return {
        name: given,
        kind: command.kind,
        run: command.run,
        cwd: command.cwd,
        env: command.env,
        ran: didRun,
        seconds: runs.reduce((sum, { run }) => sum + run.durationMs, 0) / 1000,
        date: dates.get(command.name)?.date ?? null,
        python: result?.run.python ?? null,
        cause: didRun ? null : cause,
        committed: didRun
          ? await committedVerdict(
              subject,
              runs.map(({ run }) => run),
              store,
            )
          : null,
        lastRun: result?.run ?? null,
      };
    }),
  );
}

/** Why a run failed; what has no wheel is named as such. */
function causeOf(failed: FailedRun, { prepared }: RevivedGroup): Finding {
  const cause = explainCause(failed);
  if (cause.rule !== "system-library" && cause.rule !== "missing-module") return cause;
  const words = new Set(cause.message.split(/[\s,]+/u).map((word) => normaliseName(word)));
  const name = prepared?.leftOut.find((one) => words.has(one));
  if (name === undefined) return cause;
  return {
    ...cause,
    rule: "build-needed",
    message: `${failed.command.name}: it needs ${name}, which has no wheel and would have to be built from source`,
    why: "What a build needs is not locked, and another machine may give another result; so none is made unasked.",
    fix: "rung revive --allow-builds",
  };
}

function notStarted({ name, needs, location }: Command): Finding {
  const what = needs.length === 0 ? "it was not started" : `what it needs failed (${needs.join(", ")})`;
  return makeFinding("not-started", "error", `${name}: ${what}`, location ?? {});
}

/** What a group ran in; empty where nothing could be installed. */
export function environmentOf({
  folder,
  manifests,
  prepared,
  attempt,
}: RevivedGroup): readonly RevivedEnvironment[] {
  if (prepared === null) return [];
  const names = directNames(attempt, chooseSpec(manifests, folder));
  return [
    {
      folder,
      python: prepared.environment.interpreter.version,
      pins: Object.fromEntries(prepared.pins),
      direct: names.filter((name) => prepared.pins.has(name)).toSorted(),
      entries: attempt.entries.map(({ given }) => given),
    },
  ];
}
