import type { Command } from "../model/index.ts";
import type { Attempt } from "./attempt.ts";
import { commandsOf } from "./entries.ts";
import type { RanEntry } from "./run-entries.ts";

/** The commands that an attempt runs exactly as the one before: in the same environment they end as they did. */
export function unchangedCommands(before: Attempt, after: Attempt): ReadonlySet<string> {
  const textOf = ({ name, run, cwd, env, needs }: Command): string =>
    JSON.stringify([name, run, cwd, env, needs]);
  const earlier = new Set(before.entries.flatMap(commandsOf).map(textOf));
  const commands = after.entries.flatMap(commandsOf);
  const changed = new Set(commands.filter((one) => !earlier.has(textOf(one))).map(({ name }) => name));
  // What needs a command that runs otherwise now is to be run again too.
  for (let size = -1; size !== changed.size;) {
    size = changed.size;
    for (const { name, needs } of commands) if (needs.some((need) => changed.has(need))) changed.add(name);
  }
  return new Set(commands.map(({ name }) => name).filter((name) => !changed.has(name)));
}

/** The commands of each entry that has not run to its end, with what they need; of `settled`, none that ran already. */
export function dueCommands(
  { entries }: Attempt,
  ran: ReadonlyMap<string, RanEntry>,
  settled: ReadonlySet<string>,
): readonly Command[] {
  const all = new Map(entries.flatMap(commandsOf).map((command) => [command.name, command]));
  const due = new Set<Command>();
  const add = (command: Command): void => {
    for (const name of command.needs) {
      const needed = all.get(name);
      if (needed !== undefined && !due.has(needed)) add(needed);
    }
    due.add(command);
  };
  for (const command of all.values()) {
    const earlier = ran.get(command.name);
    // What ran into its time limit once is not waited for again.
    const isOver =
      earlier !== undefined && (earlier.failed === null || earlier.run.timedOut || settled.has(command.name));
    if (!isOver) add(command);
  }
  return [...due];
}
