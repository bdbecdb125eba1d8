import {
  different,
  identical,
  normalised,
  withinTolerance,
  type CompareOptions,
  type Result,
} from "./comparator.ts";
import { compareLines } from "./line-differences.ts";
import { normalisePair } from "./volatile/normalise-pair.ts";
import { textRules } from "./volatile/rules.ts";
import { workPathsRule } from "./volatile/temporary-paths.ts";
import type { TextRule } from "./volatile/text-rule.ts";

/** Compares printed text, its volatile parts in one form; `more` are rules of the text's own format, applied first. */
export function compareConsoleText(
  before: string,
  after: string,
  options: Pick<CompareOptions, "tolerances" | "workPaths" | "acrossVersions">,
  more: readonly TextRule[] = [],
): Result {
  if (before === after) return identical;
  const rules = [workPathsRule(options.workPaths), ...more, ...textRules].filter(
    (rule) => rule.acrossVersions !== true || options.acrossVersions === true,
  );
  const pair = normalisePair(before, after, rules);
  if (pair.before === pair.after) return normalised(pair.rules);
  const found = compareLines(pair.before, pair.after, options.tolerances);
  if (found.differing === 0) return withinTolerance([...pair.rules, ...found.tolerances]);
  return different(found.differences, `${found.differing} of ${found.lines} lines differ`);
}
