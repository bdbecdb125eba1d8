import type { Command } from "../../model/index.ts";

/** The command that is meant where none is named: the only one, or the only one that no other needs. */
export function defaultCommand(commands: readonly Command[]): string | null {
  const needed = new Set(commands.flatMap(({ needs }) => needs));
  const last = commands.filter(({ name, kind }) => !needed.has(name) && kind !== "test");
  const only = commands.length === 1 ? commands : last;
  return only.length === 1 ? (only[0]?.name ?? null) : null;
}
