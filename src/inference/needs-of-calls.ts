import type { Need } from "../model/index.ts";
import { codeOf, type SourceFacts } from "../source/index.ts";
import { hiddenNeeds } from "./hidden-needs.ts";

/** The needs that calls in these files show; what the same files import is a need of its own. */
export function needsOfCalls(sources: ReadonlyMap<string, SourceFacts>): readonly Need[] {
  const found = new Map<string, Need>();
  for (const [file, facts] of sources) {
    const { calls, imports } = codeOf(facts);
    const imported = new Set(imports.map(({ module }) => module.split(".")[0]));
    for (const call of calls) {
      for (const { call: pattern, beside, needs, why } of hiddenNeeds) {
        if (!pattern.test(call.name) || (beside !== undefined && !imported.has(beside))) continue;
        for (const distribution of needs(call)) {
          if (found.has(distribution)) continue;
          const reason = `${call.name.replace(/^\./u, "")}: ${why}`;
          const location = { file, line: call.line };
          const need = { module: "", distribution, candidates: [distribution], reason, location };
          found.set(distribution, { ...need, known: "call", context: "hidden" });
        }
      }
    }
  }
  return [...found.values()];
}
