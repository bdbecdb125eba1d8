import type { Document, LineCounter, Node } from "yaml";
import { makeFinding, type Finding } from "../../model/index.ts";
import { yaml } from "./yaml-library.ts";

export type YamlTable = { readonly [key: string]: unknown };
export type YamlPath = readonly (string | number)[];

/**
 * A YAML file's values and where in the text each of them stands. Every scalar is the text that stands there ("3.10"
 * keeps its zero, "yes" stays "yes"); anchors and merge keys are filled in.
 */
export interface YamlDocument {
  /** The table at the top; empty where the file holds something else. */
  readonly value: YamlTable;
  readonly findings: readonly Finding[];
  /** The line (from 1) of a key or list item, or of its nearest ancestor that has one. */
  readonly lineOf: (path: YamlPath) => number | null;
  /** The syntax tree with all comments; null where the text is too large to be read. */
  readonly tree: Document | null;
}

/** Texts over 1 MiB are data, not declarations. */
const largestText = 1024 * 1024;
const deepest = 60;

/** Whether the parser would go so deep that it takes long to give up. */
function isTooDeep(text: string): boolean {
  let depth = 0;
  let most = 0;
  for (const [bracket] of text.matchAll(/[[\]{}]/gu)) {
    depth += bracket === "[" || bracket === "{" ? 1 : -1;
    most = Math.max(most, depth);
  }
  return most > 300 || /(?:[-?:] ){200}|^ {1000}/mu.test(text);
}

/** Reads the first document of a YAML text. What is broken gives a finding by the rule named, and what could be read. */
export function readYaml(path: string, text: string, rule: string): YamlDocument {
  const nothing = { value: {}, lineOf: () => null, tree: null };
  const broken = (said: string, line: number | null): Finding =>
    makeFinding(rule, "error", `${path} is not valid YAML: ${said}`, {
      file: path,
      line,
      why: "what stands there may be read otherwise, or not at all",
    });
  if (text.length > largestText) return { ...nothing, findings: [broken("it is too large", null)] };
  if (isTooDeep(text)) return { ...nothing, findings: [broken("it is nested too deep", null)] };
  const lines = new (yaml().LineCounter)();
  const tree = parseTree(text, lines);
  if (tree === null) return { ...nothing, findings: [broken("it cannot be parsed", null)] };
  const findings = tree.errors
    .slice(0, 1)
    .map((error) => broken(error.message.split(/ at line |\n/u)[0] ?? "", lines.linePos(error.pos[0]).line));
  const budget: Budget = { left: 200_000, anchors: new WeakMap() };
  const value = plain(tree, tree.contents, 0, budget);
  if (budget.left < 0) findings.push(broken("its anchors repeat without end", null));
  return {
    value: isTable(value) ? value : {},
    findings,
    lineOf: (at) => lineAt(tree, at, lines),
    tree,
  };
}

/** Scalars stay text (the failsafe schema). Null where the parser itself gives up. */
function parseTree(text: string, lineCounter: LineCounter): Document.Parsed | null {
  try {
    return yaml().parseDocument(text, {
      schema: "failsafe",
      uniqueKeys: false,
      strict: false,
      logLevel: "silent",
      lineCounter,
    });
  } catch {
    return null;
  }
}

interface Budget {
  left: number;
  readonly anchors: WeakMap<object, { readonly node: unknown }>;
}

/** Values as plain data. The library's own toJS writes out maps that stand as keys, which can take for ever. */
function plain(tree: Document, node: unknown, depth: number, budget: Budget): unknown {
  const { isAlias, isMap, isScalar, isSeq } = yaml();
  if (depth > deepest || --budget.left < 0) return "";
  if (isAlias(node)) {
    // Looking for an anchor walks the whole tree.
    const known = budget.anchors.get(node) ?? { node: node.resolve(tree) };
    budget.anchors.set(node, known);
    return plain(tree, known.node, depth + 1, budget);
  }
  if (isScalar(node)) return typeof node.value === "string" ? node.value : String(node.value ?? "");
  if (isSeq(node)) return node.items.map((item) => plain(tree, item, depth + 1, budget));
  if (!isMap(node)) return "";
  const own = new Map<string, unknown>();
  const merged = new Map<string, unknown>();
  for (const { key, value } of node.items) {
    if (!isScalar(key)) continue;
    const name = String(key.value ?? "");
    const said = plain(tree, value, depth + 1, budget);
    if (name !== "<<") own.set(name, said);
    else for (const table of Array.isArray(said) ? said : [said]) fill(merged, table);
  }
  fill(own, Object.fromEntries(merged));
  return Object.fromEntries(own);
}

function fill(into: Map<string, unknown>, table: unknown): void {
  if (!isTable(table)) return;
  for (const [name, value] of Object.entries(table)) if (!into.has(name)) into.set(name, value);
}

function isTable(value: unknown): value is YamlTable {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function lineAt(tree: Document, path: YamlPath, lines: LineCounter): number | null {
  const { isAlias, isMap, isScalar, isSeq } = yaml();
  let node: unknown = tree.contents;
  let line: number | null = null;
  for (const step of path) {
    if (isAlias(node)) node = node.resolve(tree);
    const pair: { at: unknown; value: unknown } | undefined = isMap(node)
      ? node.items
          .map(({ key, value }) => ({ at: key, value }))
          .findLast(({ at }) => isScalar(at) && at.value === String(step))
      : isSeq(node) && typeof step === "number"
        ? { at: node.items[step], value: node.items[step] }
        : undefined;
    const start = rangeStart(pair?.at);
    if (pair === undefined || start === null) return line;
    line = lines.linePos(start).line;
    node = pair.value;
  }
  return line;
}

function rangeStart(node: unknown): number | null {
  return (node as Node | undefined)?.range?.[0] ?? null;
}
