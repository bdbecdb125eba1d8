import { makeFinding, type Finding, type Manifest, type Requirement } from "../../model/index.ts";
import { markerOfSelector, selectorComment } from "./selectors.ts";
import type { ReadContext } from "../manifest-format.ts";
import { readRequirementsText } from "../requirements-txt/read-requirements.ts";
import { asArray, asTable, asText } from "../toml/toml-values.ts";
import type { YamlDocument, YamlPath } from "../yaml/yaml-document.ts";
import { condaPython, parseCondaRequirement, parseMatchSpec } from "./match-spec.ts";

export interface CondaDependencies {
  readonly requirements: readonly Requirement[];
  readonly constraints: readonly Requirement[];
  readonly python: Manifest["python"];
  readonly findings: readonly Finding[];
}

export const noDependencies: CondaDependencies = {
  requirements: [],
  constraints: [],
  python: null,
  findings: [],
};

/** The file that a list stands in: its path and text, its values, and what else may be looked at. */
export interface CondaFile {
  readonly path: string;
  readonly text: string;
  readonly document: YamlDocument;
  readonly context: ReadContext;
}

/** What selects an entry by a comment or by `sel(linux):`. */
interface Entry {
  readonly said: string;
  readonly line: number | null;
  readonly marker: string | null;
}

/**
 * A list of match specs with `pip:` lists in it, as environment.yml and anaconda-project.yml have. Entries of the pip list
 * are lines of a requirements file, `-r` included. Python is no requirement, but what the environment is made with.
 */
export function readDependencies(file: CondaFile, at: YamlPath, group: string): CondaDependencies {
  const findings: Finding[] = [];
  const lines = file.text.split(/\r\n|\r|\n/u);
  const entries: Entry[] = [];
  const pip: Entry[] = [];
  const entry = (said: string, line: number | null, platform: string | null): Entry => {
    const selector = platform ?? selectorComment(line === null ? "" : (lines[line - 1] ?? ""));
    const marker = selector === null ? null : markerOfSelector(selector);
    if (selector !== null && marker === null) findings.push(unclearSelector(file.path, line, selector));
    return { said, line, marker };
  };
  for (const [index, item] of listAt(file.document, at).entries()) {
    const line = file.document.lineOf([...at, index]);
    const said = asText(item);
    if (said !== null && said.trim() !== "") entries.push(entry(said, line, null));
    for (const [key, value] of Object.entries(asTable(item))) {
      const platform = /^sel\(([\w-]+)\)$/u.exec(key)?.[1];
      const single = asText(value);
      if (platform !== undefined && single !== null) entries.push(entry(single, line, platform));
      else if (key === "pip") {
        for (const [position, wanted] of asArray(value).entries()) {
          const place = file.document.lineOf([...at, index, key, position]);
          if (typeof wanted === "string") pip.push(entry(wanted, place, null));
        }
      } else findings.push(unclearEntry(file.path, line, key));
    }
  }
  const conda = readSpecs(file.path, entries, group);
  const fromPip = readPip(file, pip, group);
  return {
    requirements: [...conda.requirements, ...fromPip.requirements],
    constraints: fromPip.constraints,
    python: conda.python,
    findings: [...findings, ...conda.findings, ...fromPip.findings],
  };
}

function listAt(document: YamlDocument, at: YamlPath): readonly unknown[] {
  let value: unknown = document.value;
  for (const step of at) {
    value = typeof step === "number" ? asArray(value)[step] : asTable(value)[step];
  }
  return asArray(value);
}

function readSpecs(path: string, entries: readonly Entry[], group: string): CondaDependencies {
  const requirements: Requirement[] = [];
  const findings: Finding[] = [];
  let python: Manifest["python"] = null;
  for (const { said, line, marker } of entries) {
    const location = { file: path, line };
    const requirement = parseCondaRequirement(said, { location, group });
    const spec = parseMatchSpec(said);
    if (requirement === null || spec === null) {
      findings.push(unclearEntry(path, line, said));
    } else if (spec.name === "python") {
      const specifier = condaPython(spec);
      if (specifier !== null && python === null) python = { specifier, location };
    } else requirements.push({ ...requirement, marker });
  }
  return { requirements, constraints: [], python, findings };
}

/** A list of lines of a requirements file, as python_env.yaml and `pip:` at the top have. */
export function readPipList(file: CondaFile, at: YamlPath, group: string): CondaDependencies {
  const entries = listAt(file.document, at).flatMap((said, index) =>
    typeof said === "string" ? [{ said, line: file.document.lineOf([...at, index]), marker: null }] : [],
  );
  return readPip(file, entries, group);
}

/** Several lists as one; the first Python stated counts, and what is said twice in the same words counts once. */
export function mergeDependencies(lists: readonly CondaDependencies[]): CondaDependencies {
  const seen = new Set<string>();
  return {
    requirements: lists
      .flatMap((list) => list.requirements)
      .filter(({ ecosystem, group, raw }) => {
        const key = JSON.stringify([ecosystem, group, raw]);
        return !seen.has(key) && seen.add(key) !== undefined;
      }),
    constraints: lists.flatMap((list) => list.constraints),
    python: lists.map((list) => list.python).find((python) => python !== null) ?? null,
    findings: lists.flatMap((list) => list.findings),
  };
}

/** The entries set on lines of their own number, so that the reader of requirement files gives the places of this file. */
function readPip(file: CondaFile, entries: readonly Entry[], group: string): CondaDependencies {
  if (entries.length === 0) return noDependencies;
  const rows: string[] = [];
  const markers = new Map<number, string>();
  for (const { said, line, marker } of entries) {
    const at = Math.max((line ?? 1) - 1, 0);
    while (rows.length < at) rows.push("");
    const whole = said.replaceAll(/[\r\n]+/gu, " ");
    rows[at] = rows[at] === undefined || rows[at] === "" ? whole : rows[at];
    if (marker !== null) markers.set(at + 1, marker);
  }
  const read = readRequirementsText(file.path, rows.join("\n"), file.context, { group, constraint: false });
  const requirements = read.requirements.map((requirement) => {
    const { file: place, line } = requirement.location;
    const marker = place === file.path && line !== null ? markers.get(line) : undefined;
    return marker === undefined || requirement.marker !== null ? requirement : { ...requirement, marker };
  });
  return { ...read, requirements, python: null };
}

function unclearSelector(file: string, line: number | null, selector: string): Finding {
  return makeFinding("conda-selector-unclear", "warning", `the selector [${selector}] is passed over`, {
    file,
    line,
    why: "it is not one that an environment marker can say; the entry is taken for every platform",
  });
}

function unclearEntry(file: string, line: number | null, said: string): Finding {
  return makeFinding("conda-spec-unclear", "warning", `"${said.slice(0, 80)}" is no conda match spec`, {
    file,
    line,
    why: "what is to be installed there cannot be told",
    fix: "write name=version, or put what pip installs under pip:",
  });
}

/** Channels as places that packages come from; "nodefaults" names none. */
export function readChannels(file: CondaFile, at: YamlPath): Manifest["indexes"] {
  return listAt(file.document, at).flatMap((channel, position) =>
    typeof channel !== "string" || channel === "" || channel === "nodefaults"
      ? []
      : [
          {
            kind: "channel" as const,
            url: channel,
            location: { file: file.path, line: file.document.lineOf([...at, position]) },
          },
        ],
  );
}

/** Variables as a table of values, or as a list of names. */
export function readVariables(file: CondaFile, at: YamlPath, value: unknown): Manifest["variables"] {
  const place = (step: string | number): { file: string; line: number | null } => ({
    file: file.path,
    line: file.document.lineOf([...at, step]),
  });
  const names = asArray(value).flatMap((name, position) =>
    typeof name === "string" && name !== "" ? [{ name, value: null, location: place(position) }] : [],
  );
  const tables = Object.entries(asTable(value)).map(([name, said]) => ({
    name,
    value: variableValue(name, said),
    location: place(name),
  }));
  return [...names, ...tables];
}

/** `default` of a table; null where there is none, or where it is kept secret. */
function variableValue(name: string, said: unknown): string | null {
  const plain = asText(said) ?? asText(asTable(said)["default"]);
  if (plain === null || isNull(plain) || /_(?:PASSWORD|SECRET(?:_KEY)?|ENCRYPTED)$/u.test(name)) return null;
  return asText(asTable(said)["encrypted"]) === "true" ? null : plain;
}

/** What YAML writes for nothing. */
export function isNull(text: string): boolean {
  return /^(?:|~|null|Null|NULL)$/u.test(text);
}
