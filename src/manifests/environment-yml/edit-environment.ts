import type { Scalar, YAMLSeq } from "yaml";
import { parseMatchSpec } from "../conda/match-spec.ts";
import { pypiName } from "../conda/pypi-name.ts";
import { parseRequirement } from "../requirement/parse-requirement.ts";
import { pinRequirementsText } from "../requirements-txt/edit-requirements.ts";
import { applySplices, type Splice } from "../splice.ts";
import { readYaml } from "../yaml/yaml-document.ts";
import { yaml } from "../yaml/yaml-library.ts";

const place = { location: { file: "", line: null } };

interface Lists {
  readonly conda: YAMLSeq;
  /** The pip list; null where there is none. */
  readonly pip: YAMLSeq | null;
}

function listsOf(text: string): Lists | null {
  const { tree, findings } = readYaml("environment.yml", text, "environment-invalid");
  if (findings.length > 0 || tree === null || !yaml().isMap(tree.contents)) return null;
  const conda: unknown = tree.contents.get("dependencies", true);
  if (!yaml().isSeq(conda)) return null;
  const pip = conda.items
    .map((item): unknown => (yaml().isMap(item) ? item.get("pip", true) : null))
    .find((list) => yaml().isSeq(list));
  return { conda, pip: yaml().isSeq(pip) ? pip : null };
}

const scalarsOf = (list: YAMLSeq): readonly Scalar<string>[] =>
  list.items.filter(
    (item): item is Scalar<string> => yaml().isScalar(item) && typeof item.value === "string",
  );

/**
 * Fixes each named package: `name==version`, among conda's own and in the pip list. `pins` are by PyPI name;
 * a conda package is found by the distribution that it stands for.
 */
export function pinEnvironment(text: string, pins: ReadonlyMap<string, string>): string {
  const lists = pins.size === 0 ? null : listsOf(text);
  if (lists === null) return text;
  const splices = [
    ...scalarsOf(lists.conda).flatMap((item) => rewrite(text, item, (said) => pinSpec(said, pins))),
    ...scalarsOf(lists.pip ?? lists.conda).flatMap((item) =>
      lists.pip === null ? [] : rewrite(text, item, (said) => pinRequirementsText(said, pins)),
    ),
  ];
  return applySplices(text, splices);
}

function pinSpec(said: string, pins: ReadonlyMap<string, string>): string {
  const spec = parseMatchSpec(said);
  if (spec === null || spec.name === "python") return said;
  const version = pins.get(pypiName(spec.name) ?? "");
  // One "=" takes every version that begins so, unless a build follows.
  if (version === undefined || spec.version === `==${version}`) return said;
  const name = /^(?:[^\s=<>!~]+?::)?[\w.-]+/u.exec(said.trim())?.[0];
  return name === undefined ? said : `${name}==${version}`;
}

/** The splice that rewrites a scalar in its own quotes; none where it stays, or stands over several lines. */
function rewrite(text: string, item: Scalar<string>, change: (said: string) => string): readonly Splice[] {
  const next = change(item.value);
  const [start, end] = item.range ?? [0, 0];
  const source = text.slice(start, end);
  if (next === item.value || /[\r\n]/u.test(source)) return [];
  const quote = /^['"]/u.exec(source)?.[0] ?? (/^[A-Za-z0-9][^:#]*(?:::[^:#]*)?$/u.test(next) ? "" : "'");
  if (quote !== "" && next.includes(quote)) return [];
  return [{ start, end, text: `${quote}${next}${quote}` }];
}

/**
 * Adds PEP 508 requirements to the pip list, which is made at the end where there is none; those whose name is there
 * already, under conda's name or PyPI's, are left out. Null where the text has no list of dependencies, one entry a line.
 */
export function addToEnvironment(text: string | null, requirements: readonly string[]): string | null {
  const lists = text === null ? null : listsOf(text);
  if (text === null || lists === null) return null;
  const known = new Set([
    ...scalarsOf(lists.conda).map((item) => pypiName(parseMatchSpec(item.value)?.name ?? "")),
    ...(lists.pip === null ? [] : scalarsOf(lists.pip)).map(
      (item) => parseRequirement(item.value, place)?.name,
    ),
  ]);
  const added = requirements.filter((entry) => !known.has(parseRequirement(entry, place)?.name));
  const list = lists.pip !== null && lists.pip.items.length > 0 ? lists.pip : lists.conda;
  const spot = endOfList(text, list);
  if (spot === null || (lists.pip !== null && list !== lists.pip)) return null;
  if (added.length === 0) return text;
  const newline = text.includes("\r\n") ? "\r\n" : "\n";
  const entries = added.map((entry) => quoted(entry));
  const hasPip = scalarsOf(lists.conda).some((item) => parseMatchSpec(item.value)?.name === "pip");
  const lines =
    list === lists.pip
      ? entries.map((entry) => `${spot.indent}- ${entry}`)
      : [
          ...(hasPip ? [] : [`${spot.indent}- pip`]),
          `${spot.indent}- pip:`,
          ...entries.map((entry) => `${spot.indent}    - ${entry}`),
        ];
  const insert = lines.map((line) => `${newline}${line}`).join("");
  return applySplices(text, [{ start: spot.offset, end: spot.offset, text: insert }]);
}

const quoted = (entry: string): string =>
  /^[A-Za-z0-9][^:#]*$/u.test(entry) ? entry : `'${entry.replaceAll("'", '"')}'`;

/** Where the line of a block list's last entry ends, and how far its dashes stand in; null for a list on one line. */
function endOfList(text: string, list: YAMLSeq): { readonly offset: number; readonly indent: string } | null {
  const first = list.items[0];
  if (list.flow === true || first === undefined) return null;
  const start = startOf(first);
  const lineStart = text.lastIndexOf("\n", start - 1) + 1;
  const indent = /^([ ]*)-[ ]+(?:&\S+[ ]+)?$/u.exec(text.slice(lineStart, start))?.[1];
  const end = endOf(list.items.at(-1));
  if (indent === undefined || end === null) return null;
  const rest = text.slice(end);
  return { offset: end + Math.max(0, rest.search(/\r?\n|$/u)), indent };
}

const startOf = (node: unknown): number => rangeOf(node)?.[0] ?? 0;

/** The end of what stands last in a node: a collection's own range may take in the blank lines behind it. */
function endOf(node: unknown): number | null {
  if (yaml().isSeq(node) && node.flow !== true && node.items.length > 0) return endOf(node.items.at(-1));
  if (yaml().isMap(node) && node.flow !== true && node.items.length > 0) {
    const last = node.items.at(-1);
    return endOf(last?.value) ?? endOf(last?.key);
  }
  return rangeOf(node)?.[1] ?? null;
}

function rangeOf(node: unknown): readonly [number, number, number] | null {
  return typeof node === "object" && node !== null && "range" in node
    ? (node.range as readonly [number, number, number] | null)
    : null;
}
