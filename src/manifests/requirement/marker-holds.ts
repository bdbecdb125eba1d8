import { compare, valid } from "@renovatebot/pep440";
import { satisfiesSpecifier } from "./satisfies.ts";

type Variables = Readonly<Record<string, string>>;

/**
 * Whether an environment marker (PEP 508, "Dependency specifiers") holds under these variables. Null and what cannot
 * be read hold: a marker that we do not understand must not hide a package.
 */
export function markerHolds(marker: string | null, variables: Variables): boolean {
  if (marker === null || marker.trim() === "") return true;
  const tokens = [...marker.matchAll(/\s*(\(|\)|<=|>=|===|==|!=|~=|<|>|"[^"]*"|'[^']*'|[A-Za-z_][\w.]*)/gu)];
  const reader = { words: tokens.map((token) => token[1] ?? ""), at: 0 };
  const result = either(reader, variables);
  return result === null || reader.at < reader.words.length ? true : result;
}

interface Reader {
  readonly words: readonly string[];
  at: number;
}

function either(reader: Reader, variables: Variables): boolean | null {
  let result = both(reader, variables);
  while (result !== null && reader.words[reader.at] === "or") {
    reader.at += 1;
    const next = both(reader, variables);
    result = next === null ? null : result || next;
  }
  return result;
}

function both(reader: Reader, variables: Variables): boolean | null {
  let result = single(reader, variables);
  while (result !== null && reader.words[reader.at] === "and") {
    reader.at += 1;
    const next = single(reader, variables);
    result = next === null ? null : result && next;
  }
  return result;
}

function single(reader: Reader, variables: Variables): boolean | null {
  if (reader.words[reader.at] === "(") {
    reader.at += 1;
    const inner = either(reader, variables);
    if (reader.words[reader.at] !== ")") return null;
    reader.at += 1;
    return inner;
  }
  const left = reader.words[reader.at] ?? "";
  const negated = reader.words[reader.at + 1] === "not";
  const operator = negated ? `not ${reader.words[reader.at + 2] ?? ""}` : (reader.words[reader.at + 1] ?? "");
  const right = reader.words[reader.at + (negated ? 3 : 2)] ?? "";
  reader.at += negated ? 4 : 3;
  const values = [valueOf(left, variables), valueOf(right, variables)] as const;
  if (values[0] === null || values[1] === null) return null;
  const literalFirst = /^["']/u.test(left);
  return holds(values[0], operator, values[1], literalFirst);
}

function valueOf(word: string, variables: Variables): string | null {
  return /^["']/u.test(word) ? word.slice(1, -1) : (variables[word] ?? null);
}

function holds(left: string, operator: string, right: string, literalFirst: boolean): boolean | null {
  if (operator === "in") return right.includes(left);
  if (operator === "not in") return !right.includes(left);
  const [version, bound] = literalFirst ? [right, left] : [left, right];
  const turned = literalFirst
    ? ({ "<": ">", ">": "<", "<=": ">=", ">=": "<=" }[operator] ?? operator)
    : operator;
  const asVersions = valid(version) !== null && valid(bound.replace(/\.\*$/u, "")) !== null;
  if (asVersions && /^(?:===?|!=|~=|<=?|>=?)$/u.test(turned))
    return satisfiesSpecifier(version, `${turned}${bound}`);
  const order = asVersions ? compare(version, bound) : version < bound ? -1 : version > bound ? 1 : 0;
  const results: Readonly<Record<string, boolean>> = {
    "==": order === 0,
    "===": order === 0,
    "!=": order !== 0,
    "<": order < 0,
    "<=": order <= 0,
    ">": order > 0,
    ">=": order >= 0,
  };
  return results[turned] ?? null;
}
