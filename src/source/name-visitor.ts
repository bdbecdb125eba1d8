import type { Node } from "web-tree-sitter";
import { bindImport, bindPattern, catchesNameError, parameterNames, typeParameters } from "./name-binding.ts";
import { makeScope, skip, type Scope } from "./name-scope.ts";

/** Takes what a module-level walk finds. Rows count from 0. */
export interface NameSink {
  use(name: string, row: number, certain: boolean): void;
  define(name: string, row: number): void;
  modify(name: string, row: number): void;
  call(name: string, row: number): void;
  anything(): void;
  /** The outer names that a function's or class's bodies read. */
  body(owner: string, free: ReadonlyMap<string, number>): void;
}

/** Walks a module and tells `sink` of every name that it binds and reads, scopes observed. */
export function visitNames(root: Node, sink: NameSink): void {
  new NameWalk(sink).walk(root);
}

class NameWalk {
  private scope: Scope;
  private certain = true;
  /** True where a NameError would be caught. */
  private guarded = false;
  private readonly sink: NameSink;

  constructor(sink: NameSink) {
    this.sink = sink;
    this.scope = makeScope("module", null, "", true);
  }

  walk(root: Node): void {
    this.each(root.namedChildren);
  }

  private each(nodes: readonly Node[]): void {
    for (const node of nodes) this.visit(node);
  }

  private visit(node: Node): void {
    switch (node.type) {
      case "comment":
      case "global_statement":
      case "nonlocal_statement":
        return this.noteGlobals(node);
      case "identifier":
        return this.use(node);
      case "attribute":
        return this.field(node, "object");
      case "keyword_argument":
        return this.field(node, "value");
      case "call":
        return this.call(node);
      case "assignment":
        this.field(node, "right");
        if (node.childForFieldName("right") !== null) this.bind(node.childForFieldName("left"));
        return;
      case "augmented_assignment":
        this.field(node, "right");
        this.field(node, "left");
        return this.bind(node.childForFieldName("left"));
      case "named_expression":
        this.field(node, "value");
        return this.bind(node.childForFieldName("name"), true);
      case "delete_statement":
        return this.each(node.namedChildren);
      case "import_statement":
      case "import_from_statement":
        if (bindImport(node, (name, at) => this.define(name, at))) this.sink.anything();
        return;
      case "future_import_statement":
      // Annotations may never be evaluated (PEP 563, PEP 649).
      case "type":
        return;
      case "exec_statement":
        return this.sink.anything();
      case "type_alias_statement":
        return this.bindNames(node.childForFieldName("left"));
      case "for_statement":
        this.field(node, "right");
        this.bind(node.childForFieldName("left"));
        this.perhaps(node.childForFieldName("body"));
        return this.perhaps(node.childForFieldName("alternative"));
      case "while_statement":
      case "if_statement":
        this.field(node, "condition");
        return this.allPerhaps(node.namedChildren.slice(1));
      case "try_statement":
        return this.try(node);
      case "match_statement":
      case "case_clause":
      case "except_clause":
        return this.allPerhaps(node.namedChildren);
      case "case_pattern":
        return bindPattern(
          node,
          (name, at) => this.define(name, at),
          (name) => this.use(name),
        );
      case "as_pattern":
        this.each(node.namedChildren.slice(0, 1));
        return this.bind(node.childForFieldName("alias") ?? node.namedChild(1));
      case "boolean_operator":
        this.field(node, "left");
        return this.perhaps(node.childForFieldName("right"));
      case "conditional_expression": {
        const [then, test, other] = node.namedChildren.filter((child) => child.type !== "comment");
        if (test !== undefined) this.visit(test);
        return this.allPerhaps([then, other].filter((part) => part !== undefined));
      }
      case "function_definition":
      case "lambda":
        return this.function(node);
      case "class_definition":
        return this.class(node);
      case "list_comprehension":
      case "set_comprehension":
      case "dictionary_comprehension":
      case "generator_expression":
        return this.comprehension(node);
      default:
        return this.each(node.namedChildren);
    }
  }

  private field(node: Node, name: string): void {
    const child = node.childForFieldName(name);
    if (child !== null) this.visit(child);
  }

  private perhaps(node: Node | null): void {
    if (node !== null) this.allPerhaps([node]);
  }

  private allPerhaps(nodes: readonly Node[]): void {
    const before = this.certain;
    this.certain = false;
    this.each(nodes);
    this.certain = before;
  }

  private try(node: Node): void {
    const before = this.guarded;
    const body = node.childForFieldName("body");
    this.guarded ||= node.namedChildren.some(catchesNameError);
    this.perhaps(body);
    this.guarded = before;
    this.allPerhaps(node.namedChildren.filter((child) => child.id !== body?.id));
  }

  private noteGlobals(node: Node): void {
    if (node.type !== "global_statement" || this.scope.kind === "module") return;
    for (const child of node.namedChildren) this.scope.global.add(child.text);
  }

  private use(node: Node): void {
    const name = node.text;
    const row = node.startPosition.row;
    if (this.guarded) return;
    if (this.scope.kind === "module") this.sink.use(name, row, this.certain);
    else if (!this.scope.free.has(name)) this.scope.free.set(name, row);
  }

  private call(node: Node): void {
    const target = node.childForFieldName("function");
    this.field(node, "function");
    this.field(node, "arguments");
    if (target?.type === "identifier") {
      const name = target.text;
      if (/^(globals|locals|vars|exec|dir)$/u.test(name)) this.sink.anything();
      else if (this.scope.immediate) this.sink.call(name, target.startPosition.row);
    }
    const object = target?.childForFieldName("object");
    if (object !== null && object !== undefined && node.parent?.type === "expression_statement")
      this.modify(object);
  }

  private modify(target: Node): void {
    let base = target;
    for (let inner: Node | null = base; inner !== null;) {
      base = inner;
      inner = base.childForFieldName("object") ?? base.childForFieldName("value");
    }
    if (base.type === "identifier" && this.scope.kind === "module")
      this.sink.modify(base.text, base.startPosition.row);
  }

  /** Binds the names in the target of an assignment, and visits the rest of it. */
  private bind(target: Node | null, isWalrus = false): void {
    if (target === null) return;
    if (target.type === "identifier") return this.define(target.text, target, isWalrus);
    if (target.type === "attribute" || target.type === "subscript") {
      this.visit(target);
      return this.modify(target);
    }
    for (const child of target.namedChildren) this.bind(child, isWalrus);
  }

  private bindNames(node: Node | null): void {
    if (node?.type === "identifier") this.define(node.text, node);
    else for (const child of node?.namedChildren.slice(0, 1) ?? []) this.bindNames(child);
  }

  private define(name: string, node: Node, isWalrus = false): void {
    const scope = isWalrus ? skip(this.scope, "comprehension") : this.scope;
    if (scope.kind === "module" || scope.global.has(name)) this.sink.define(name, node.startPosition.row);
    else scope.bound.add(name);
  }

  private function(node: Node): void {
    const name = node.childForFieldName("name");
    const parameters = node.childForFieldName("parameters");
    for (const parameter of parameters?.namedChildren ?? []) {
      this.field(parameter, "value");
    }
    if (name !== null) this.define(name.text, name);
    this.inside("function", name?.text ?? "", () => {
      for (const found of parameters === null ? [] : parameterNames(parameters)) this.scope.bound.add(found);
      for (const found of typeParameters(node)) this.scope.bound.add(found);
      this.field(node, "body");
    });
  }

  private class(node: Node): void {
    const name = node.childForFieldName("name");
    this.field(node, "superclasses");
    this.inside("class", name?.text ?? "", () => {
      for (const found of typeParameters(node)) this.scope.bound.add(found);
      this.field(node, "body");
    });
    if (name !== null) this.define(name.text, name);
  }

  private comprehension(node: Node): void {
    const clauses = node.namedChildren.filter((child) => /^(for_in_clause|if_clause)$/u.test(child.type));
    const [first] = clauses;
    if (first !== undefined) this.field(first, "right");
    this.inside("comprehension", "", () => {
      for (const clause of clauses) {
        if (clause.type === "if_clause") this.each(clause.namedChildren);
        else {
          if (clause.id !== first?.id) this.field(clause, "right");
          this.bind(clause.childForFieldName("left"));
        }
      }
      this.field(node, "body");
    });
  }

  /** Visits a nested scope and hands the names that it does not bind to where they are looked up next. */
  private inside(kind: Scope["kind"], name: string, visit: () => void): void {
    const outer = this.scope;
    const before = this.certain;
    const immediate = outer.immediate && kind !== "function";
    const scope = makeScope(kind, outer, outer.owner === "" ? name : outer.owner, immediate);
    this.scope = scope;
    this.certain = false;
    visit();
    this.scope = outer;
    this.certain = before;
    // Names of a class body are seen by its own comprehensions here (Python sees some of them), never by its functions.
    const lookedUpIn = kind === "comprehension" ? outer : skip(outer, "class");
    const free = new Map(
      Array.from(scope.free).filter(([used]) => !scope.bound.has(used) || scope.global.has(used)),
    );
    if (lookedUpIn.kind === "module") {
      if (immediate) for (const [used, row] of free) this.sink.use(used, row, false);
      else this.sink.body(scope.owner, free);
    } else for (const [used, row] of free) if (!lookedUpIn.free.has(used)) lookedUpIn.free.set(used, row);
  }
}
