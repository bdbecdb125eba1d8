import type { Node } from "web-tree-sitter";
import type { SyntaxFault } from "./facts.ts";

/** The first place that does not parse, with its line counted from 1; null where all does. */
export function findSyntaxFault(root: Node): SyntaxFault | null {
  if (!root.hasError) return null;
  let node = root;
  for (;;) {
    if (node.isMissing) return { line: node.startPosition.row + 1, message: `"${node.type}" is missing` };
    const inner = node.children.find((child) => child.hasError || child.isError || child.isMissing);
    if (inner === undefined || (node.isError && !inner.hasError)) {
      const [first = ""] = node.text.trim().split("\n", 1);
      return { line: node.startPosition.row + 1, message: `cannot be read as Python: ${first.slice(0, 80)}` };
    }
    node = inner;
  }
}

/** True for a print or exec statement of Python 2 that no Python 3 reads. */
export function isPython2Statement(node: Node): boolean {
  if (node.type === "exec_statement") return true;
  const argument = node.childForFieldName("argument");
  return argument !== null && node.namedChild(0)?.type !== "chevron" && !/^[([{+*~-]/u.test(argument.text);
}
