import { normaliseName } from "../../manifests/index.ts";

/** Which packages a failed resolution names, by what is the matter with them; names normalised, each once. */
export interface ResolutionFailure {
  /** No wheel serves, or no version was there by the date. */
  readonly unserved: readonly string[];
  /** The index knows no such project. */
  readonly unknown: readonly string[];
  /** Everything that the contradiction names. */
  readonly named: readonly string[];
}

const unserved = [
  /Wheels are required for `([\w.-]+)`/gu,
  /only found wheels for `([\w.-]+)`/gu,
  /([\w.-]+)(?:[=<>!~][^\s]*)? ha(?:s|ve) no (?:usable wheels|wheels with a matching)/gu,
  /there (?:is|are) no versions? of ([\w.-]+)/gu,
  /only ([\w.-]+?)(?:[=<>!~][^\s]*)? (?:is|are) available/gu,
  /only the following versions of ([\w.-]+) are available/gu,
];
const unknown = [/([\w.-]+) was not found in the (?:package registry|cache)/gu];
const mentioned = [/([A-Za-z0-9][\w.-]*)(?:\[[^\]]*\])?[=<>!~]=?[\d*]/gu, /you require ([\w.-]+)/gu];

/** Reads what uv prints where nothing resolves. */
export function readFailure(stderr: string): ResolutionFailure {
  // uv breaks its sentences into lines of its own width.
  const text = stderr.slice(Math.max(0, stderr.indexOf("error:"))).replaceAll(/\s+/gu, " ");
  return { unserved: find(text, unserved), unknown: find(text, unknown), named: find(text, mentioned) };
}

/** Who is said to depend on a package. */
export function dependentsOf(stderr: string, name: string): readonly string[] {
  const text = stderr.replaceAll(/\s+/gu, " ");
  const found = Array.from(
    text.matchAll(/([\w.-]+)(?:[=<>!~]\S*)? depends on ([\w.-]+)/gu),
    ([, dependent = "", dependency = ""]) =>
      normaliseName(dependency) === name ? normaliseName(dependent) : "",
  );
  return [...new Set(found)].filter((dependent) => dependent !== "" && dependent !== name);
}

function find(text: string, patterns: readonly RegExp[]): readonly string[] {
  const names = patterns.flatMap((pattern) =>
    Array.from(text.matchAll(pattern), ([, name = ""]) => normaliseName(name)),
  );
  return [...new Set(names)].filter((name) => name !== "python" && !/^(?:of|all|versions)$/u.test(name));
}
