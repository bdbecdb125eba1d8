import { compare, explain } from "@renovatebot/pep440";
import { cleanSpecifier } from "./specifier.ts";

type Version = NonNullable<ReturnType<typeof explain>>;

/**
 * Does a version satisfy a PEP 440 specifier set? Prereleases count as they stand: the question is about a version that
 * is there, not about which to choose. False where either cannot be read.
 */
export function satisfiesSpecifier(version: string, specifier: string): boolean {
  const said = specifier.trim();
  if (said === "" || said === "*") return true;
  const clauses = cleanSpecifier(said)?.split(",");
  const text = version.trim();
  const read = explain(text);
  return clauses !== undefined && clauses.every((clause) => holds(text, read, clause));
}

function holds(text: string, version: Version | null, clause: string): boolean {
  const [, operator = "", bound = ""] = /^(===|[<>=!~]=|[<>])(.+)$/u.exec(clause) ?? [];
  if (operator === "===") return isSameText(text, bound);
  if (version === null) return false;
  if (operator === "==") return equals(text, version, bound);
  if (operator === "!=") return !equals(text, version, bound);
  const limit = explain(bound);
  if (limit === null) return false;
  if (operator === "<=") return compare(version.public, bound) <= 0;
  if (operator === ">=") return compare(version.public, bound) >= 0;
  if (operator === "~=") {
    return compare(version.public, bound) >= 0 && hasPrefix(version, limit.epoch, limit.release.slice(0, -1));
  }
  // What comes before a release leaves out its own prereleases, what comes after it its own post-releases.
  if (operator === "<") return compare(text, limit.is_prerelease ? bound : `${limit.public}.dev0`) < 0;
  return compare(version.public, bound) > 0 && (limit.is_postrelease || !isPostOf(version, limit));
}

function equals(text: string, version: Version, bound: string): boolean {
  if (!bound.endsWith(".*")) return compare(bound.includes("+") ? text : version.public, bound) === 0;
  const prefix = explain(bound.slice(0, -2));
  return prefix !== null && hasPrefix(version, prefix.epoch, prefix.release);
}

/** Zeros that are left out count: "1" is within "==1.0.*". */
function hasPrefix(version: Version, epoch: number, release: readonly number[]): boolean {
  return version.epoch === epoch && release.every((part, index) => (version.release[index] ?? 0) === part);
}

function isPostOf(version: Version, limit: Version): boolean {
  if (!version.is_postrelease) return false;
  const before = version.public.replace(/\.post\d+(?:\.dev\d+)?$/u, "");
  return compare(before, limit.public) === 0;
}

function isSameText(text: string, bound: string): boolean {
  const normalised = (said: string): string => explain(said)?.public ?? said.toLowerCase();
  const isLocal = text.includes("+") || bound.includes("+");
  return isLocal ? text.toLowerCase() === bound.toLowerCase() : normalised(text) === bound.toLowerCase();
}
