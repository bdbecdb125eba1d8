import type { Node } from "web-tree-sitter";

/** Binds what an import statement binds; true for `from x import *`. */
export function bindImport(node: Node, define: (name: string, at: Node) => void): boolean {
  const from = node.childForFieldName("module_name");
  let star = false;
  for (const child of node.namedChildren) {
    if (child.type === "wildcard_import") star = true;
    if (child.id === from?.id) continue;
    const alias = child.type === "aliased_import" ? child.childForFieldName("alias") : null;
    const name = alias?.text ?? (child.type === "dotted_name" ? child.namedChild(0)?.text : undefined);
    if (name !== undefined) define(name, child);
  }
  return star;
}

/** Binds the capture names of a match pattern; class names and dotted values are uses. */
export function bindPattern(
  node: Node,
  define: (name: string, at: Node) => void,
  use: (name: Node) => void,
): void {
  for (const child of node.namedChildren) {
    const first = child.namedChild(0);
    if (child.type === "identifier") define(child.text, child);
    else if (child.type === "dotted_name" && child.namedChildCount === 1) define(child.text, child);
    else if (child.type === "dotted_name" && first !== null) use(first);
    else if (child.type === "class_pattern") {
      const className = first?.namedChild(0) ?? null;
      if (className !== null) use(className);
      for (const inner of child.namedChildren.slice(1)) bindPattern(inner, define, use);
    } else if (child.type === "keyword_pattern") {
      for (const inner of child.namedChildren.slice(1)) {
        if (inner.type === "dotted_name" && inner.namedChildCount === 1) define(inner.text, inner);
        else bindPattern(inner, define, use);
      }
    } else bindPattern(child, define, use);
  }
}

/** The names that a parameter list binds. */
export function parameterNames(parameters: Node): string[] {
  return parameters.namedChildren.flatMap((parameter) => {
    if (parameter.type === "identifier") return [parameter.text];
    const name = parameter.childForFieldName("name");
    if (name !== null) return name.type === "identifier" ? [name.text] : parameterNames(name);
    if (parameter.type === "comment") return [];
    const inner = parameter.namedChildren.filter((child) => child.type !== "type");
    return inner.flatMap((child) => (child.type === "identifier" ? [child.text] : parameterNames(child)));
  });
}

/** True for a handler that a NameError would reach. */
export function catchesNameError(clause: Node): boolean {
  if (clause.type !== "except_clause") return false;
  const caught = /^except\s*\*?\s*([^:]*):/u.exec(clause.text)?.[1] ?? "";
  return caught === "" || /\b(NameError|Exception|BaseException)\b/u.test(caught);
}

/** The names in the type parameter list of a function or class (PEP 695). */
export function typeParameters(node: Node): string[] {
  const list = node.childForFieldName("type_parameters");
  return list === null ? [] : Array.from(list.text.matchAll(/[A-Za-z_]\w*/gu), (match) => match[0]);
}
