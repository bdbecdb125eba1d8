import type { TextRule } from "./text-rule.ts";

export interface NormalisedPair {
  readonly before: string;
  readonly after: string;
  /** Ids of the rules without which the two would be further apart. */
  readonly rules: readonly string[];
}

// Beyond this the rules that changed anything are named, without trying each for its need.
const longestTried = 4 * 1024 * 1024;

/** Both texts with their volatile parts in one form. Texts that are equal as they are need no rule. */
export function normalisePair(before: string, after: string, rules: readonly TextRule[]): NormalisedPair {
  if (before === after) return { before, after, rules: [] };
  const [left, right] = applyAll(before, after, rules);
  const active = rules.filter((rule) => changes(rule, before, after));
  if (left !== right || before.length + after.length > longestTried) {
    return { before: left, after: right, rules: active.map(({ id }) => id) };
  }
  let needed = rules;
  for (const rule of rules) {
    const fewer = needed.filter((other) => other !== rule);
    const [one, other] = applyAll(before, after, fewer);
    if (one === other) needed = fewer;
  }
  return { before: left, after: right, rules: needed.map(({ id }) => id) };
}

function changes(rule: TextRule, before: string, after: string): boolean {
  return rule.apply(before, after) !== before || rule.apply(after, before) !== after;
}

function applyAll(before: string, after: string, rules: readonly TextRule[]): readonly [string, string] {
  let pair: readonly [string, string] = [before, after];
  for (const rule of rules) pair = [rule.apply(pair[0], pair[1]), rule.apply(pair[1], pair[0])];
  return pair;
}
