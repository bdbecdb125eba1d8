import { parse, TomlError } from "smol-toml";
import { getStaticTOMLValue, parseTOML, type AST } from "toml-eslint-parser";
import { makeFinding, type Finding } from "../../model/index.ts";

export type TomlTable = { readonly [key: string]: unknown };
export type TomlPath = readonly (string | number)[];
type TomlNode = AST.TOMLContentNode | AST.TOMLTable;

/** A TOML file's values, and where in the text each of them stands. */
export interface TomlDocument {
  readonly value: TomlTable;
  /** Empty where the text is TOML; else the one finding that says where it is broken. */
  readonly findings: readonly Finding[];
  /** The line (from 1) of the value at a path, or of its nearest ancestor that has one. */
  readonly lineOf: (path: TomlPath) => number | null;
  /** The syntax node of the value at a path: a value, or the first table header that opens it. */
  readonly nodeAt: (path: TomlPath) => TomlNode | null;
  /** The syntax tree; null where the text could not be parsed. */
  readonly tree: () => AST.TOMLTopLevelTable | null;
}

/** Reads TOML. Broken text gives an empty table and a finding by the rule named. Positions are worked out when asked. */
export function readToml(path: string, text: string, rule: string): TomlDocument {
  let nodes: Map<string, TomlNode> | undefined;
  let top: AST.TOMLTopLevelTable | null | undefined;
  const tree = (): AST.TOMLTopLevelTable | null => (top ??= syntaxTree(text));
  const index = (): Map<string, TomlNode> => (nodes ??= indexNodes(tree()));
  const nodeAt = (at: TomlPath): TomlNode | null => index().get(JSON.stringify(at)) ?? null;
  const lineOf = (at: TomlPath): number | null => {
    for (let length = at.length; length > 0; length--) {
      const node = nodeAt(at.slice(0, length));
      if (node !== null) return lineOfNode(node);
    }
    return null;
  };
  try {
    return { value: parse(text), findings: [], lineOf, nodeAt, tree };
  } catch (error) {
    const finding = makeFinding(rule, "error", `${path} is not valid TOML: ${firstLine(error)}`, {
      file: path,
      line: error instanceof TomlError ? error.line : null,
      why: "nothing in this file can be read until its syntax is mended",
    });
    return { value: {}, findings: [finding], lineOf: () => null, nodeAt: () => null, tree: () => null };
  }
}

/** A value stands on the line of its key, so that a multi-line array is found at its name. */
function lineOfNode(node: TomlNode): number {
  const { parent } = node;
  return parent.type === "TOMLKeyValue" ? parent.loc.start.line : node.loc.start.line;
}

function firstLine(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return (text.split("\n")[0] ?? "").replace("Invalid TOML document: ", "");
}

function syntaxTree(text: string): AST.TOMLTopLevelTable | null {
  try {
    return parseTOML(text).body[0];
  } catch {
    return null;
  }
}

function indexNodes(tree: AST.TOMLTopLevelTable | null): Map<string, TomlNode> {
  const nodes = new Map<string, TomlNode>();
  const add = (at: TomlPath, node: TomlNode): void => {
    const key = JSON.stringify(at);
    if (!nodes.has(key)) nodes.set(key, node);
  };
  const visitContent = (at: TomlPath, node: AST.TOMLContentNode): void => {
    add(at, node);
    if (node.type === "TOMLArray") {
      for (const [position, element] of node.elements.entries()) visitContent([...at, position], element);
    } else if (node.type === "TOMLInlineTable") {
      for (const entry of node.body) visitEntry(at, entry);
    }
  };
  const visitEntry = (at: TomlPath, entry: AST.TOMLKeyValue): void => {
    const keys = getStaticTOMLValue(entry.key);
    for (let length = 1; length < keys.length; length++) {
      add([...at, ...keys.slice(0, length)], entry.value);
    }
    visitContent([...at, ...keys], entry.value);
  };
  for (const item of tree?.body ?? []) {
    if (item.type === "TOMLKeyValue") visitEntry([], item);
    else {
      const at = item.resolvedKey;
      for (let length = 1; length <= at.length; length++) add(at.slice(0, length), item);
      for (const entry of item.body) visitEntry(at, entry);
    }
  }
  return nodes;
}
