import type { EntryDate } from "../dating/index.ts";
import { explainCause } from "../diagnose/index.ts";
import { committedVerdict } from "../levels/index.ts";
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
    group.attempt.entries.map(async ({ given, command }): Promise<RevivedEntry> => {
      const result = group.ran.get(command.name);
      const didRun = result !== undefined && result.failed === null;
      const cause = didRun ? null : result?.failed ? explainCause(result.failed) : group.installCause;
      return {
        name: given,
        kind: command.kind,
        run: command.run,
        cwd: command.cwd,
        env: command.env,
        ran: didRun,
        seconds: (result?.run.durationMs ?? 0) / 1000,
        date: dates.get(command.name)?.date ?? null,
        python: result?.run.python ?? null,
        cause,
        committed: didRun ? await committedVerdict(subject, [result.run], store) : null,
        lastRun: result?.run ?? null,
      };
    }),
  );
}

/** What a group ran in; empty where nothing could be installed. */
export function environmentOf({ folder, prepared, attempt }: RevivedGroup): readonly RevivedEnvironment[] {
  if (prepared === null) return [];
  const names = new Set(attempt.asked.map(({ name }) => name));
  return [
    {
      folder,
      python: prepared.environment.interpreter.version,
      pins: Object.fromEntries(prepared.pins),
      direct: [...names].filter((name) => prepared.pins.has(name)).toSorted(),
      entries: attempt.entries.map(({ given }) => given),
    },
  ];
}
