import type { Node } from "web-tree-sitter";
import type { PythonParser } from "../../source/index.ts";
import { readsItsCode, wrapFor, wrapItems, wrapResult, wrapShown, type Wrap } from "./probe-rules.ts";
import type { ProbePlace, ProbeSite } from "./site.ts";

export interface Instrumented {
  readonly text: string;
  readonly sites: readonly ProbeSite[];
}

/** Parts of code in which nothing is an expression that is evaluated as it stands. */
const leftAlone = new Set(
  "decorator type type_parameter type_alias_statement case_pattern import_statement import_from_statement future_import_statement global_statement nonlocal_statement comment".split(
    " ",
  ),
);
const targets = new Set([
  "pattern_list",
  "tuple_pattern",
  "list_pattern",
  "list_splat_pattern",
  "tuple",
  "list",
]);
/** Deeper than this nothing is probed: such code is made by programs. */
const depthLimit = 400;

/**
 * Puts value probes around the expressions of Python code: `f(x)` becomes `__rung_v__(17, f(x))`. Every line stays on
 * its line, and what is evaluated, in which order, stays as it was. Ids count from `firstId`. Null where the text is no
 * Python 3 that can be read: it is then left alone.
 */
export function instrument(
  parser: PythonParser,
  text: string,
  place: ProbePlace,
  firstId: number,
): Instrumented | null {
  const tree = parser.parse(text);
  if (tree === null) return null;
  try {
    return tree.rootNode.hasError ? null : new Splicer(text, place, firstId).run(tree.rootNode);
  } finally {
    tree.delete();
  }
}

class Python2Error extends Error {}

function isLastOf(module: Node, node: Node): boolean {
  return module.namedChildren.findLast((child) => child !== null && child.type !== "comment")?.id === node.id;
}

/** `x` in `x = f()`, `self.x = 1 + f()`, `with f() as x` and `(x := f())`. */
function nameGiven(node: Node): string | null {
  let value = node;
  while (value.parent !== null && partsOfValues.test(value.parent.type)) value = value.parent;
  const { parent } = value;
  const target =
    parent?.type === "assignment"
      ? parent.childForFieldName("left")
      : parent?.type === "named_expression"
        ? parent.childForFieldName("name")
        : parent?.type === "as_pattern"
          ? (parent.childForFieldName("alias")?.namedChild(0) ?? null)
          : null;
  return target !== null && /^[A-Za-z_][\w.]*$/u.test(target.text) ? target.text : null;
}

/** Expressions whose value comes of the values in them. */
const partsOfValues =
  /^(?:argument_list|call|attribute|subscript|slice|\w+_operator|parenthesized_expression|conditional_expression|list|tuple|set|dictionary|pair|keyword_argument|\w+_comprehension|generator_expression|for_in_clause|if_clause|await|string|interpolation|expression_list)$/u;

/** Walks the tree once; probes are opened and closed in the order of the text. */
class Splicer {
  readonly #text: string;
  readonly #place: ProbePlace;
  readonly #firstId: number;
  readonly #sites: ProbeSite[] = [];
  readonly #pieces: string[] = [];
  #done = 0;

  constructor(text: string, place: ProbePlace, firstId: number) {
    this.#text = text;
    this.#place = place;
    this.#firstId = firstId;
  }

  run(root: Node): Instrumented | null {
    try {
      this.#visitChildren(root, 0);
    } catch (error) {
      if (error instanceof Python2Error) return null;
      throw error;
    }
    return { text: this.#pieces.join("") + this.#text.slice(this.#done), sites: this.#sites };
  }

  /** An expression that is read, or a statement. */
  #visit(node: Node, depth: number, wrap: Wrap | null = wrapFor(node)): void {
    if (leftAlone.has(node.type) || depth > depthLimit) return;
    if (node.type === "print_statement" || node.type === "exec_statement") throw new Python2Error();
    if (wrap === null) {
      this.#visitInside(node, depth);
      return;
    }
    this.#open(node, wrap);
    // What a loop goes over may be a call as well: it is one value, and its items.
    const inner = wrap.kind === "items" || wrap.kind === "shown" ? wrapFor(node) : null;
    if (inner === null) this.#visitInside(node, depth);
    else this.#visit(node, depth + 1, inner);
    this.#insert(node.endIndex, `${wrap.changed.map((name) => `, ${name}`).join("")})`);
  }

  #visitInside(node: Node, depth: number): void {
    switch (node.type) {
      case "expression_statement":
        return this.#visitStatement(node, depth);
      case "assignment":
      case "augmented_assignment":
        return this.#visitAssignment(node, depth);
      case "for_statement":
      case "for_in_clause":
        return this.#visitLoop(node, depth);
      case "as_pattern_target":
      case "delete_statement":
        return this.#visitTargets(node, depth);
      case "await":
        return this.#visitAwait(node, depth);
      case "call":
        return this.#visitCall(node, depth);
      case "list_splat":
        return this.#visitItems(node, depth);
      case "yield":
        return this.#visitYield(node, depth);
      case "attribute":
        return this.#visitField(node, "object", depth);
      case "named_expression":
      case "keyword_argument":
        return this.#visitField(node, "value", depth);
      case "interpolation":
        return node.children.some((child) => child?.type === "=")
          ? undefined
          : this.#visitChildren(node, depth);
      case "decorated_definition":
        return node.namedChildren.some((child) => child?.type === "decorator" && readsItsCode(child))
          ? undefined
          : this.#visitChildren(node, depth);
      case "parameters":
      case "lambda_parameters":
        return this.#visitDefaults(node, depth);
      default:
        return this.#visitChildren(node, depth);
    }
  }

  #visitChildren(node: Node, depth: number): void {
    for (const child of node.namedChildren) if (child !== null) this.#visit(child, depth + 1);
  }

  #visitField(node: Node, field: string, depth: number): void {
    const child = node.childForFieldName(field);
    if (child !== null) this.#visit(child, depth + 1);
  }

  /** A cell of a notebook shows its last expression. */
  #visitStatement(node: Node, depth: number): void {
    const [only, more] = node.namedChildren;
    const isLast = node.parent?.type === "module" && isLastOf(node.parent, node);
    const shown = this.#place.cell !== null && isLast && only && !more ? wrapResult(only) : null;
    if (shown !== null && only) this.#visit(only, depth + 1, shown);
    else this.#visitChildren(node, depth);
  }

  /** What is assigned to is no value, but what its parts are made of are: `f(x).y`, `a[g(z)]`. */
  #visitTarget(node: Node, depth: number): void {
    if (targets.has(node.type)) this.#visitTargets(node, depth);
    else if (node.type === "attribute") this.#visitField(node, "object", depth);
    else if (node.type === "subscript") this.#visitChildren(node, depth);
  }

  #visitTargets(node: Node, depth: number): void {
    for (const child of node.namedChildren) if (child !== null) this.#visitTarget(child, depth + 1);
  }

  #visitAssignment(node: Node, depth: number): void {
    const left = node.childForFieldName("left");
    const right = node.childForFieldName("right");
    if (left !== null) this.#visitTarget(left, depth);
    if (right === null) return;
    const unpacks = left !== null && targets.has(left.type) && right.type !== "assignment";
    this.#visit(right, depth + 1, (unpacks ? wrapItems(right) : null) ?? wrapFor(right));
  }

  #visitLoop(node: Node, depth: number): void {
    const isAsync = node.children.some((child) => child?.type === "async");
    const left = node.childForFieldName("left");
    const right = node.childForFieldName("right");
    if (left !== null) this.#visitTarget(left, depth);
    if (right !== null) this.#visit(right, depth + 1, (isAsync ? null : wrapItems(right)) ?? wrapFor(right));
    for (const child of node.namedChildren) {
      if (child !== null && child.id !== left?.id && child.id !== right?.id) this.#visit(child, depth + 1);
    }
  }

  /** `await f(x)` is one value: that of `f(x)` is a coroutine. */
  #visitAwait(node: Node, depth: number): void {
    for (const child of node.namedChildren) if (child !== null) this.#visitInside(child, depth + 1);
  }

  #visitCall(node: Node, depth: number): void {
    const isPrint = node.childForFieldName("function")?.text === "print";
    this.#visitField(node, "function", depth);
    const given = node.childForFieldName("arguments");
    if (given?.type !== "argument_list") {
      if (given !== null) this.#visit(given, depth + 1, null);
      return;
    }
    for (const child of given.namedChildren) {
      if (child === null) continue;
      this.#visit(child, depth + 2, (isPrint ? wrapShown(child) : null) ?? wrapFor(child));
    }
  }

  #visitItems(node: Node, depth: number): void {
    const child = node.namedChild(0);
    if (child !== null) this.#visit(child, depth + 1, wrapItems(child) ?? wrapFor(child));
  }

  /** `yield from` hands on what is sent to it: only what is shown as a whole is looked at. */
  #visitYield(node: Node, depth: number): void {
    const isFrom = node.children.some((child) => child?.type === "from");
    for (const child of node.namedChildren) {
      if (child !== null) this.#visit(child, depth + 1, (isFrom ? wrapShown(child) : null) ?? wrapFor(child));
    }
  }

  #visitDefaults(node: Node, depth: number): void {
    for (const child of node.namedChildren) {
      if (child?.type === "default_parameter" || child?.type === "typed_default_parameter")
        this.#visitField(child, "value", depth + 1);
    }
  }

  #open(node: Node, wrap: Wrap): void {
    const id = this.#firstId + this.#sites.length;
    this.#sites.push({
      id,
      ...this.#place,
      line: node.startPosition.row + 1,
      column: node.startPosition.column,
      kind: wrap.kind,
      text: wrap.text,
      reads: node.text.slice(0, 200),
      gives: nameGiven(node),
      changes: wrap.changed,
    });
    // `return"%s" % x` is Python.
    const space = /\w/u.test(this.#text[node.startIndex - 1] ?? "") ? " " : "";
    this.#insert(node.startIndex, `${space}${wrap.function}(${id}, `);
  }

  #insert(at: number, text: string): void {
    this.#pieces.push(this.#text.slice(this.#done, at), text);
    this.#done = at;
  }
}
