import { cleanSpecifier } from "../requirement/specifier.ts";

/**
 * A Poetry version constraint as a PEP 440 specifier set: `^1.2` is ">=1.2,<2", `~1.2` is ">=1.2,<1.3", `1.2` is "==1.2",
 * `1.*` is "==1.*", `*` is "". Null for what PEP 440 cannot say in one set (alternatives by `||`) or is no constraint.
 */
export function poetrySpecifier(constraint: string): string | null {
  if (/\|/u.test(constraint)) return null;
  const clauses: string[] = [];
  for (const part of constraint.trim().split(/\s*,\s*|(?<=[\w*])\s+(?=[<>=!~^])/u)) {
    const clause = oneClause(part.replace(/^([<>=!~^]+)\s+/u, "$1"));
    if (clause === null) return null;
    if (clause !== "") clauses.push(clause);
  }
  return clauses.join(",");
}

function oneClause(part: string): string | null {
  if (part === "" || part === "*") return "";
  const caretOrTilde = /^([\^~])(\d+(?:\.\d+)*)([A-Za-z0-9.+-]*)$/u.exec(part);
  if (caretOrTilde !== null) {
    const [, operator, release = "", rest = ""] = caretOrTilde;
    const numbers = release.split(".").map(Number);
    return `>=${release}${rest},<${operator === "^" ? caretBound(numbers) : tildeBound(numbers)}`;
  }
  if (/^v?\d/u.test(part)) return cleanSpecifier(`==${part.replace(/^v/u, "")}`);
  return cleanSpecifier(part.replace(/^=(?=\d)/u, "=="));
}

/** The next version that changes the leftmost number other than 0. */
function caretBound(numbers: readonly number[]): string {
  const first = numbers.findIndex((number) => number !== 0);
  const position = first === -1 ? numbers.length - 1 : first;
  return numbers
    .slice(0, position + 1)
    .map((number, index) => (index === position ? number + 1 : number))
    .join(".");
}

/** The next minor version, or the next major where no minor is given. */
function tildeBound(numbers: readonly number[]): string {
  const [major = 0, minor] = numbers;
  return minor === undefined ? String(major + 1) : `${major}.${minor + 1}`;
}
