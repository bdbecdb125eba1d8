import type { Node } from "web-tree-sitter";
import type { ImportContext, ImportFact } from "./facts.ts";

/** What a local name stands for: "np" -> "numpy", "rand" -> "numpy.random.rand", "work" -> "..sibling.work". */
export type Aliases = Map<string, string>;

/** The imports that one import statement makes; adds the names that it binds to `aliases`. */
export function readImport(node: Node, line: number, aliases: Aliases): ImportFact[] {
  if (node.type === "import_statement") {
    const context = contextOf(node);
    return node.namedChildren.flatMap((child) => {
      const { name, alias } = nameAndAlias(child);
      if (name === "") return [];
      if (alias === null) {
        const first = name.split(".", 1)[0] ?? name;
        aliases.set(first, first);
      } else aliases.set(alias, name);
      return [{ module: name, level: 0, names: [], line, context }];
    });
  }
  return [readFromImport(node, line, aliases)];
}

function readFromImport(node: Node, line: number, aliases: Aliases): ImportFact {
  const isFuture = node.type === "future_import_statement";
  const from = isFuture ? null : node.childForFieldName("module_name");
  const text = isFuture ? "__future__" : compact(from?.text ?? "");
  const level = /^\.*/u.exec(text)?.[0].length ?? 0;
  const names: string[] = [];
  for (const child of node.namedChildren) {
    if (child.type === "wildcard_import") names.push("*");
    if (child.id === from?.id || (child.type !== "dotted_name" && child.type !== "aliased_import")) continue;
    const { name, alias } = nameAndAlias(child);
    if (name === "") continue;
    names.push(name);
    aliases.set(alias ?? name, text.endsWith(".") ? text + name : `${text}.${name}`);
  }
  return { module: text.slice(level), level, names, line, context: contextOf(node) };
}

function nameAndAlias(node: Node): { name: string; alias: string | null } {
  if (node.type === "dotted_name") return { name: compact(node.text), alias: null };
  if (node.type !== "aliased_import") return { name: "", alias: null };
  return {
    name: compact(node.childForFieldName("name")?.text ?? ""),
    alias: node.childForFieldName("alias")?.text ?? null,
  };
}

const compact = (text: string): string => text.replaceAll(/[\s\\]+/gu, "");

function contextOf(node: Node): ImportContext {
  let context: ImportContext = "top";
  let inner = node;
  for (let outer = node.parent; outer !== null; outer = outer.parent) {
    if (outer.type === "if_statement") {
      const test = outer.childForFieldName("condition")?.text ?? "";
      const isBody = inner.id === outer.childForFieldName("consequence")?.id;
      if (isBody && /^(\w+\.)?TYPE_CHECKING$/u.test(test)) return "type-checking";
      if (!isBody || !isMainGuard(test)) context = weaker(context, "conditional");
    } else if (outer.type === "try_statement") {
      context = weaker(context, catchesImportError(outer) ? "optional" : "conditional");
    } else if (outer.type === "with_statement") {
      if (/suppress\([^)]*\b(ImportError|ModuleNotFoundError|Exception)\b/u.test(outer.child(1)?.text ?? ""))
        context = "optional";
    } else if (outer.type === "function_definition" || outer.type === "lambda") {
      context = weaker(context, "function");
    } else if (/^(match|while|for)_statement$/u.test(outer.type)) {
      context = weaker(context, "conditional");
    }
    inner = outer;
  }
  return context;
}

const strength: readonly ImportContext[] = ["top", "conditional", "function", "optional"];

function weaker(a: ImportContext, b: ImportContext): ImportContext {
  return strength.indexOf(a) >= strength.indexOf(b) ? a : b;
}

function catchesImportError(statement: Node): boolean {
  return statement.namedChildren.some((child) => {
    if (child.type !== "except_clause") return false;
    const caught = /^except\s*\*?\s*([^:]*):/u.exec(child.text)?.[1] ?? "";
    return caught === "" || /\b(ImportError|ModuleNotFoundError|Exception|BaseException)\b/u.test(caught);
  });
}

/** True for the text of the condition that holds when a file is run as a script. */
export function isMainGuard(condition: string): boolean {
  const text = condition.replaceAll(/[\s()]/gu, "");
  return /^__name__==(["'])__main__\1/u.test(text) || /^(["'])__main__\1==__name__/u.test(text);
}
