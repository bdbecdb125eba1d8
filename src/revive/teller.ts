import type { Finding } from "../model/index.ts";
import type { ReviveStep } from "./revival.ts";
import type { StartSpec } from "./start-spec.ts";

export type Tell = (step: ReviveStep, finding?: Finding) => void;

/** Tells each step once, and keeps the findings behind them. */
export function teller(
  step: (step: ReviveStep) => void,
  start: StartSpec,
): { readonly tell: Tell; readonly findings: () => readonly Finding[] } {
  const told = new Set<string>();
  const found: Finding[] = [...start.findings];
  return {
    findings: () => found,
    tell(taken, finding) {
      const key = JSON.stringify([taken.kind, taken.action, taken.reason]);
      if (told.has(key)) return;
      told.add(key);
      if (finding !== undefined) found.push(finding);
      step(taken);
    },
  };
}
