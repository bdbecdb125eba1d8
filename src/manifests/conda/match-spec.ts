import type { Requirement } from "../../model/index.ts";
import { bareRequirement, type RequirementOrigin } from "../requirement/parse-requirement.ts";
import { cleanSpecifier } from "../requirement/specifier.ts";
import { pythonSpecifier } from "../requirement/python-specifier.ts";

/** The parts of a conda match spec. `version` is as written: "1.22.*", ">=1.2,<2", "=3.9"; "" where any will do. */
export interface MatchSpec {
  readonly channel: string | null;
  /** In lower case. */
  readonly name: string;
  readonly version: string;
  readonly build: string | null;
}

const longest = 500;
const nameStart = /^([A-Za-z0-9_*][\w.*-]*)/u;

/**
 * Reads a match spec: `numpy=1.22`, `numpy 1.22.*`, `conda-forge::numpy >=1.2,<2 py39*`, `numpy[version='>=1']`.
 * Null where the text is none, such as a URL or a path. https://docs.conda.io/projects/conda-build/en/stable/resources/package-spec.html
 */
export function parseMatchSpec(text: string): MatchSpec | null {
  if (text.length > longest) return null;
  const said = text.replace(/\s*#.*$/u, "").trim();
  const bracket = /\[([^\][]*)\]$/u.exec(said);
  const head = bracket === null ? said : said.slice(0, bracket.index).trim();
  const [, channel, rest = ""] = /^(?:([^\s=<>!~]+?)::)?(.*)$/u.exec(head) ?? [];
  const name = nameStart.exec(rest)?.[1];
  if (name === undefined) return null;
  const tail = rest.slice(name.length).trim();
  if (tail !== "" && !/^[\s=<>!~|,.*\w+()-]*$/u.test(tail)) return null;
  const fields = fieldsOf(bracket?.[1] ?? "");
  const { version, build } = versionAndBuild(tail, rest.slice(name.length).startsWith("="));
  return {
    channel: fields.get("channel") ?? channel ?? null,
    name: name.toLowerCase(),
    version: fields.get("version") ?? version,
    build: fields.get("build") ?? build,
  };
}

/** `version='>=1', build=py*` in brackets. */
function fieldsOf(text: string): ReadonlyMap<string, string> {
  const fields = new Map<string, string>();
  for (const match of text.matchAll(/([a-z_0-9]+)\s*=\s*(?:'([^']*)'|"([^"]*)"|([^,'"\s]+))/gu)) {
    fields.set(match[1] ?? "", match[2] ?? match[3] ?? match[4] ?? "");
  }
  return fields;
}

/** `=1.2=build` and ` 1.2 build`: the build follows a second "=", or a blank behind a whole version. */
function versionAndBuild(tail: string, joined: boolean): { version: string; build: string | null } {
  const [, exact] = /^==?([^=<>!~,|\s]+)=([^=\s]+)$/u.exec(tail) ?? [];
  if (exact !== undefined) {
    const [, , build = ""] = /^==?([^=]+)=(.+)$/u.exec(tail) ?? [];
    // With the build, conda takes the version as it stands.
    return { version: `==${exact}`, build };
  }
  const glued = tail.replaceAll(/\s*([,|])\s*/gu, "$1").replaceAll(/([=<>!~])\s+/gu, "$1");
  const [version = "", build] = glued.split(/\s+(?![<>=!~])/u);
  const merged = glued.includes(" ") && build === undefined ? glued.replaceAll(/\s+/gu, ",") : version;
  // Apart from the name by a blank, a version without operator is meant exactly.
  const plain = !joined && /^\d[^*<>=!~|,]*$/u.test(merged) ? `==${merged}` : merged;
  return { version: plain, build: build ?? null };
}

/**
 * The nearest PEP 440 specifier set: "=1.22" and "1.22.*" are "==1.22.*". Of alternatives (`1.2|1.3`) a set can say only
 * the span, from the least to the greatest; null where not even that can be said.
 */
export function condaSpecifier(version: string): string | null {
  if (version === "" || version === "*") return "";
  const alternatives = version.replaceAll(/[()\s]/gu, "").split("|");
  if (alternatives.length > 1) return spanOf(alternatives);
  const clauses: string[] = [];
  for (const part of (alternatives[0] ?? "").split(",")) {
    const clause = clauseOf(part);
    if (clause === null) return null;
    if (clause !== "") clauses.push(clause);
  }
  return clauses.join(",");
}

function clauseOf(part: string): string | null {
  if (part === "" || part === "*") return "";
  const [, operator = "", rest = ""] = /^(===?|=|~=|!=|<=|>=|<|>)?(.*)$/u.exec(part) ?? [];
  const star = /^(.*?)\.?\*$/u.exec(rest);
  const version = star?.[1] ?? rest;
  if (version === "") return star === null ? null : "";
  // PEP 440 takes a prefix of numbers only.
  const prefix = /^(?:\d+!)?[\d.]+$/u.test(version) ? ".*" : "";
  const end = star === null ? "" : prefix;
  if (operator === "!=") return cleanSpecifier(`!=${version}${end}`);
  if (operator === "=") return cleanSpecifier(`==${version}${prefix}`);
  if (operator === "" || operator.startsWith("==")) return cleanSpecifier(`==${version}${end}`);
  // `>=1.2.*` is `>=1.2` to conda; ~=1 needs two numbers in PEP 440.
  return cleanSpecifier(
    operator === "~=" && !version.includes(".") ? `>=${version}` : `${operator}${version}`,
  );
}

/** From the least lower bound to the greatest upper bound, where each alternative is one version or prefix. */
function spanOf(alternatives: readonly string[]): string | null {
  const clauses = alternatives.map(clauseOf);
  const versions = clauses.map((clause) => /^==(\d+(?:\.\d+)*)(\.\*)?$/u.exec(clause ?? ""));
  if (versions.some((match) => match === null)) return clauses.includes(null) ? null : "";
  const sorted = versions
    .map((match) => ({
      numbers: (match?.[1] ?? "").split(".").map(Number),
      prefix: match?.[2] !== undefined,
    }))
    .sort((a, b) => compareNumbers(a.numbers, b.numbers));
  const [least, greatest] = [sorted[0], sorted.at(-1)];
  if (least === undefined || greatest === undefined) return null;
  const upper = greatest.numbers.map((value, index, all) => (index === all.length - 1 ? value + 1 : value));
  return `>=${least.numbers.join(".")},${greatest.prefix ? `<${upper.join(".")}` : `<=${greatest.numbers.join(".")}`}`;
}

function compareNumbers(a: readonly number[], b: readonly number[]): number {
  for (let index = 0; index < Math.max(a.length, b.length); index++) {
    const difference = (a[index] ?? 0) - (b[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

/** The Python that a spec on conda's `python` means: "=3.9" is "==3.9.*", "=3.11.8" is "==3.11.8"; null where it says none. */
export function condaPython(spec: MatchSpec): string | null {
  if (spec.name !== "python") return null;
  const specifier = condaSpecifier(spec.version) ?? "";
  const one = /^==([\d.]+?)(?:\.\*)?$/u.exec(specifier)?.[1];
  return one === undefined ? specifier || null : pythonSpecifier(one);
}

/** A match spec as a requirement of the conda ecosystem; null where the text is no match spec. */
export function parseCondaRequirement(text: string, origin: RequirementOrigin): Requirement | null {
  const spec = parseMatchSpec(text);
  if (spec === null) return null;
  return {
    ...bareRequirement(text.trim(), origin),
    ecosystem: "conda",
    name: spec.name,
    specifier: condaSpecifier(spec.version) ?? "",
  };
}
