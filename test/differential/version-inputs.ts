import * as fc from "fast-check";

import { combined, seed } from "./combine.ts";

const releases = ["0", "1", "1.0", "1.0.0", "1.1", "1.10", "1.2.3", "2!0.1", "v1.5", "2023.4.1"];
const suffixes = [
  "",
  "a1",
  ".beta-2",
  "rc",
  "c3",
  "-preview4",
  ".post1",
  "-1",
  ".rev5",
  ".dev0",
  "a1.dev3",
  "rc1.post2.dev1",
  "+abc",
  "+Ubuntu-1",
  "+1.2",
  ".post1+x_2",
  " ",
  "x",
  ".1.",
  "-",
];

/** Versions in all of PEP 440's spellings, and texts that are none. */
export const versionTexts = (): readonly string[] => combined(1, releases, suffixes);

/** Pairs of versions: neighbours in a shuffled list. */
export function versionPairs(): readonly (readonly [string, string])[] {
  const versions = versionTexts().filter((text) => !/^.*(?: |x|\.1\.|-)$/u.test(text));
  return fc.sample(fc.tuple(fc.constantFrom(...versions), fc.constantFrom(...versions)), {
    seed,
    numRuns: 900,
  });
}

const bounds = [
  "1",
  "1.0",
  "1.1",
  "1.0.0",
  "1.2.3",
  "1.0a1",
  "1.1rc3",
  "1.0.post1",
  "1.0.dev0",
  "1!1.0",
  "2!0.1",
  "1.10",
  "1.5",
];
const operators = ["==", "!=", ">=", "<=", ">", "<", "~=", "==*", "!=*", "===", "==+abc", "==+1.2"];

function oneClause(operator: string, bound: string): string {
  if (operator.endsWith("*"))
    return `${operator.slice(0, -1)}${bound.replace(/(?<=\d)(?:\.post|\.dev|a|rc).*$/u, "")}.*`;
  if (operator.includes("+")) return `==${bound}${operator.slice(2)}`;
  return `${operator}${operator === "~=" && !/\d\.\d/u.test(bound) ? `${bound}.0` : bound}`;
}

/** Versions with sets of one or two clauses that may hold for them. */
export function versionsAndSpecifiers(): readonly (readonly [string, string])[] {
  const versions = versionTexts().filter((text) => !/(?: |x|\.1\.|-)$/u.test(text));
  const one = fc
    .tuple(fc.constantFrom(...operators), fc.constantFrom(...bounds))
    .map(([operator, bound]) => oneClause(operator, bound));
  const sets = fc.oneof(
    one,
    fc.tuple(one, one).map((parts) => parts.join(",")),
  );
  const near = fc.constantFrom(...versions, ...bounds);
  return fc.sample(fc.tuple(near, sets), { seed, numRuns: 3000 });
}
