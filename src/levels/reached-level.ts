import type { Rung } from "../model/index.ts";

/** The highest rung met with all below it met; -1 when rung 0 is unmet; null when it is unknown. */
export function reachedLevel(rungs: readonly Rung[]): number | null {
  const [base] = rungs;
  if (base === undefined || base.verdict === "unknown") return null;
  const broken = rungs.findIndex((rung) => rung.verdict !== "met");
  return (broken < 0 ? rungs.length : broken) - 1;
}
