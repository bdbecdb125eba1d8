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

/** What the verdicts of some rungs come to. */
export function gateOf(rungs: readonly Ladder["rungs"][number][]): number {
  if (rungs.some((rung) => rung.verdict === "unmet")) return exitCodes.unmet;
  return rungs.some((rung) => rung.verdict === "unknown") ? exitCodes.unknown : exitCodes.met;
}

/** Whether the ladder reaches a level (and, where asked, gives what was committed). Unknown never counts as met. */
export function gate(ladder: Ladder, level: number, reproduced: boolean): number {
  const below = ladder.rungs.filter((rung) => rung.level <= level);
  const code = gateOf(below);
  if (code !== exitCodes.met) return code;
  if (below.length <= level) return exitCodes.unknown;
  if (!reproduced || ladder.committed.verdict === "reproduced") return exitCodes.met;
  return ladder.committed.verdict === "unknown" ? exitCodes.unknown : exitCodes.unmet;
}
