import type { Node } from "web-tree-sitter";
import type { ProbeKind } from "./site.ts";

/** How an expression is wrapped: by `function(id, expression, more...)`. */
export interface Wrap {
  readonly kind: ProbeKind;
  readonly function: "__rung_v__" | "__rung_i__" | "__rung_s__";
  readonly text: string;
  /** Names whose objects the call may have changed; their values are recorded after it. */
  readonly changed: readonly string[];
}

/** Calls that give nothing to record, or whose meaning hangs on how they stand in the code. */
const plainCalls = new Set(
  "super locals vars dir globals exec eval print len range isinstance issubclass callable enumerate zip reversed type staticmethod classmethod property TypeVar NewType".split(
    " ",
  ),
);
const framesAndSource = /^(?:inspect\.|sys\._getframe\b|typing\.)/u;
/** What these give is whatever was in memory, and is written over before it is used. */
const uninitialised = /(?:^|\.)empty(?:_like|_strided)?$/u;
/** Methods that change what they are called on in a way that their arguments, recorded already, tell. */
const tellingMethods = new Set(
  "append add extend update insert write writelines writerow writerows setdefault remove pop discard clear close flush put put_nowait join start stop acquire release set info debug warning error exception critical appendleft popleft show savefig plot to_csv to_json set_title set_xlabel set_ylabel legend grid setattr".split(
    " ",
  ),
);
const lookups =
  /^(?:sys\.(?:argv|path|executable|prefix|base_prefix|platform|version|version_info|flags|hash_info|modules)|os\.(?:environ|environb|name)|time\.(?:tzname|timezone|altzone|daylight)|tempfile\.tempdir)$/u;
const simpleName = /^[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)?$/u;

/** The probe for an expression that is read (no target, annotation, pattern or decorator); null where there is none. */
export function wrapFor(node: Node): Wrap | null {
  switch (node.type) {
    case "call":
      return wrapCall(node);
    case "await":
      return wrap("await", "__rung_v__", node.namedChild(0)?.text ?? "");
    case "string":
    case "concatenated_string":
      return isText(node) ? wrap("text", "__rung_v__", node.text) : null;
    case "binary_operator":
      return wrapOperator(node);
    case "subscript":
      return isLookup(node) ? wrap("lookup", "__rung_v__", node.text) : null;
    case "attribute":
      return isAttribute(node) ? wrap("lookup", "__rung_v__", node.text) : null;
    case "identifier":
      return node.text === "__file__" ? wrap("lookup", "__rung_v__", "__file__") : null;
    default:
      return null;
  }
}

/** The probe for what a loop, a star or an unpacking takes its items from. */
export function wrapItems(node: Node): Wrap | null {
  if (
    /^(?:expression_list|list_splat|yield|generator_expression|list|tuple|string|integer)$/u.test(node.type)
  )
    return null;
  return wrap("items", "__rung_i__", node.text);
}

/** The probe for a value that is shown or handed on whole, where a set's order, or an address, may come out. */
export function wrapShown(node: Node): Wrap | null {
  const shows = node.type === "identifier" || node.type === "attribute" || node.type === "subscript";
  return shows ? wrap("shown", "__rung_s__", node.text) : null;
}

/** The probe for the last expression of a notebook's cell, which is shown below it. */
export function wrapResult(node: Node): Wrap | null {
  return /^(?:identifier|attribute|subscript|call|list|tuple|set|dictionary|await)$/u.test(node.type)
    ? wrap("shown", "__rung_s__", node.text)
    : null;
}

/** True where a decorator compiles the function's code or reads its source: that code must stay as it is. */
export function readsItsCode(decorator: Node): boolean {
  return /\b(?:n?jit|vectorize|guvectorize|stencil|cuda|script|tf\.function|autograph|cython|triton|compile|overload)\b/u.test(
    decorator.text.split("\n", 1)[0] ?? "",
  );
}

function wrapCall(node: Node): Wrap | null {
  const callee = node.childForFieldName("function");
  const name = callee?.text ?? "";
  if (plainCalls.has(name) || framesAndSource.test(name) || uninitialised.test(name)) return null;
  const changed = node.parent?.type === "expression_statement" ? changedBy(node, callee) : [];
  return { ...wrap("call", "__rung_v__", name), changed };
}

/** A call whose result nobody takes was made for what it does: to its object, or to its first arguments. */
function changedBy(call: Node, callee: Node | null): string[] {
  const method = callee?.childForFieldName("attribute")?.text ?? "";
  if (tellingMethods.has(method) || tellingMethods.has(callee?.text ?? "")) return [];
  const receiver = callee?.type === "attribute" ? callee.childForFieldName("object") : null;
  const names = [receiver, ...(call.childForFieldName("arguments")?.namedChildren ?? []).slice(0, 3)]
    .filter((node) => node !== null)
    .filter((node) => node.type === "identifier" || node.type === "attribute")
    .map((node) => node.text);
  return Array.from(new Set(names)).filter((name) => simpleName.test(name) && !lookups.test(name));
}

function wrapOperator(node: Node): Wrap | null {
  const operator = node.childForFieldName("operator")?.text;
  const left = node.childForFieldName("left");
  if (operator === "%" && (left?.type === "string" || left?.type === "concatenated_string"))
    return wrap("text", "__rung_v__", node.text);
  const right = node.childForFieldName("right");
  const isConstant = [left, right].every((side) => side?.type === "integer" || side?.type === "float");
  return (operator === "@" || operator === "**") && !isConstant
    ? wrap("product", "__rung_v__", node.text)
    : null;
}

/** Lookups by a name (`os.environ["X"]`, `config["seed"]`) and in the arguments: those of arrays would cost too much. */
function isLookup(node: Node): boolean {
  const key = node.childForFieldName("subscript")?.type;
  const object = node.childForFieldName("value")?.text ?? "";
  return /(?:^|\.)(?:environb?|argv)$/u.test(object) || (key === "string" && !isPartOfName(node));
}

/** What is known to come from outside, and what is taken of a call: that may be read only now (`current_process().pid`). */
function isAttribute(node: Node): boolean {
  const { parent } = node;
  if (lookups.test(node.text)) return !isPartOfName(node);
  const isCalled = parent?.type === "call" && parent.childForFieldName("function")?.id === node.id;
  const object = node.childForFieldName("object");
  return object?.type === "call" && object.childForFieldName("function")?.text !== "super" && !isCalled;
}

/** True where it is only the start of a longer name: `os.environ` in `os.environ.get`. */
function isPartOfName(node: Node): boolean {
  const { parent } = node;
  if (parent?.type === "attribute") return true;
  return parent?.type === "subscript" && parent.childForFieldName("value")?.id === node.id;
}

function isText(node: Node): boolean {
  if (node.parent?.type === "expression_statement" || node.parent?.type === "concatenated_string")
    return false;
  if (node.parent?.type === "binary_operator" && node.parent.childForFieldName("left")?.id === node.id)
    return false;
  const parts = node.type === "string" ? [node] : node.namedChildren;
  return parts.some((part) => part?.namedChildren.some((child) => child?.type === "interpolation"));
}

function wrap(kind: ProbeKind, name: Wrap["function"], text: string): Wrap {
  const line = text.replaceAll(/\s+/gu, " ");
  return { kind, function: name, text: line.length > 80 ? `${line.slice(0, 79)}…` : line, changed: [] };
}
