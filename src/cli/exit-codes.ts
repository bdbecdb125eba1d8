import type { Ladder } from "../model/index.ts";

/** What the exit code of `rung` says. */
export const exitCodes = {
  met: 0,
  unmet: 1,
  usage: 2,
  commandFailed: 3,
  unknown: 4,
  toolError: 5,
  bug: 70,
  interrupted: 130,
} as const;

/** Whether the ladder reaches a level (and, where asked, gives what was committed). Unknown never counts as met. */
export function gate(ladder: Ladder, level: number, reproduced: boolean): number {
  const below = ladder.rungs.filter((rung) => rung.level <= level);
  if (below.some((rung) => rung.verdict === "unmet")) return exitCodes.unmet;
  if (below.length <= level || below.some((rung) => rung.verdict === "unknown")) return exitCodes.unknown;
  if (!reproduced || ladder.committed.verdict === "reproduced") return exitCodes.met;
  return ladder.committed.verdict === "unknown" ? exitCodes.unknown : exitCodes.unmet;
}
