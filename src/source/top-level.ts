import type { Node } from "web-tree-sitter";
import { isMainGuard } from "./imports.ts";

/** What the statements outside functions and classes say; lines count from 1 in the parsed text. */
export interface TopLevel {
  readonly docstring: boolean;
  readonly mainGuardLine: number | null;
  readonly workLine: number | null;
}

export function readTopLevel(root: Node): TopLevel {
  const statements = root.namedChildren.filter((child) => child.type !== "comment");
  const guard = statements.find(
    (child) => child.type === "if_statement" && isMainGuard(child.childForFieldName("condition")?.text ?? ""),
  );
  const work = statements.map(firstWork).find((found) => found !== null);
  return {
    docstring: isDocstring(statements[0]),
    mainGuardLine: guard === undefined ? null : guard.startPosition.row + 1,
    workLine: work === undefined || work === null ? null : work.startPosition.row + 1,
  };
}

function isDocstring(node: Node | undefined): boolean {
  const inner = node?.type === "expression_statement" ? node.namedChild(0)?.type : undefined;
  return inner === "string" || inner === "concatenated_string";
}

/** Calls that set a library up; a module that only does this is not a script. */
const setup =
  /^(warnings\.|logging\.|sys\.path\.|sys\.setrecursionlimit|os\.environ\.|locale\.setlocale|plt\.style\.|plt\.rc|plt\.switch_backend|mpl\.|matplotlib\.|sns\.set|pd\.set_option|pd\.options|np\.set_printoptions|np\.seterr|np\.random\.seed|random\.seed|torch\.manual_seed|load_dotenv|dotenv\.|\w*\.?(register|add_typing|setup_logging|declare_namespace|simplefilter|filterwarnings|configure)\b|__all__\.|del\b)/u;
/** Right sides that read something: what a script does and a library does not, at import. */
const reading = /(^|[\s.(=])(read_\w+|open|load\w*|input|parse_args|fetch_\w+|urlopen)\s*\(/u;

function firstWork(node: Node): Node | null {
  switch (node.type) {
    case "expression_statement":
      return isWork(node) ? node : null;
    case "for_statement":
    case "while_statement":
    case "with_statement":
    case "print_statement":
    case "exec_statement":
    case "assert_statement":
      return node;
    case "if_statement":
      return isMainGuard(node.childForFieldName("condition")?.text ?? "") ? null : workInside(node);
    case "try_statement":
    case "block":
    case "else_clause":
    case "elif_clause":
    case "finally_clause":
      return workInside(node);
    default:
      return null;
  }
}

function workInside(node: Node): Node | null {
  return node.namedChildren.map(firstWork).find((found) => found !== null) ?? null;
}

function isWork(statement: Node): boolean {
  const inner = statement.namedChild(0);
  if (inner === null) return false;
  if (inner.type === "assignment") return reading.test(inner.childForFieldName("right")?.text ?? "");
  if (inner.type === "await" || inner.type === "list_comprehension") return true;
  return inner.type === "call" && !setup.test(inner.text);
}
