import type { Node, Tree } from "web-tree-sitter";
import { useOf } from "./call-use.ts";
import { isPathMethod, notedMethod, pathOfReceiver, readArguments, resolveCall } from "./calls.ts";
import { emptyPythonFacts, type Place, type PythonFacts, type SyntaxFault } from "./facts.ts";
import { readImport, type Aliases } from "./imports.ts";
import { isInstallation } from "./installations.ts";
import { addsImportFolder, argumentStrings, isLauncher, readLaunch } from "./launches.ts";
import { absolutePathIn, mayNamePaths, plainString } from "./literals.ts";
import { findSyntaxFault, isPython2Statement } from "./syntax-fault.ts";
import { readTopLevel } from "./top-level.ts";
import type { PythonParser } from "./python-parser.ts";

type PlaceOf = (line: number) => Place;

/** One piece of Python (a file, or one cell of a notebook), parsed. */
interface Piece {
  readonly source: string;
  readonly tree: Tree;
  readonly placeOf: PlaceOf;
}

/** Node kinds that are always looked at; string and subscript are many, and asked for only where the text hints at them. */
const noted = [
  "import_statement",
  "import_from_statement",
  "future_import_statement",
  "call",
  "print_statement",
  "exec_statement",
  "function_definition",
];

/**
 * Gathers the facts of one file from one or more pieces that share their imports. `add` each piece in order, then
 * `finish` once; it frees the trees.
 */
export function createFactCollector(parser: PythonParser): {
  add(source: string, placeOf?: PlaceOf): Node | null;
  finish(): PythonFacts;
} {
  const pieces: Piece[] = [];
  const aliases: Aliases = new Map();
  const shadowed = new Set<string>();
  const facts = mutableFacts();
  const pending: { readonly piece: Piece; readonly node: Node; readonly target: string }[] = [];
  let python2: SyntaxFault | null = null;

  const note = (piece: Piece, kind: string, node: Node): void => {
    const place = (): Place => piece.placeOf(node.startPosition.row + 1);
    if (kind === "string") {
      const path = absolutePathIn(piece.source.slice(node.startIndex, node.endIndex));
      if (path !== null && node.parent?.type !== "expression_statement")
        facts.absolutePaths.push({ path, ...place() });
    } else if (kind === "subscript") {
      pending.push({ piece, node, target: "" });
    } else if (kind === "function_definition") {
      shadowed.add(node.childForFieldName("name")?.text ?? "");
    } else if (kind === "print_statement" || kind === "exec_statement") {
      if (python2 === null && isPython2Statement(node))
        python2 = {
          message: `a ${kind.slice(0, 5).trim().replace("_", "")} statement of Python 2`,
          ...place(),
        };
    } else {
      const at = place();
      for (const found of readImport(node, at.line, aliases)) facts.imports.push({ ...found, ...at });
    }
  };

  /** The search for nodes goes on inside the parser: stepping through the tree from here would take twice as long. */
  const walk = (piece: Piece): void => {
    const { source, tree } = piece;
    const kinds = [
      ...noted,
      ...(mayNamePaths(source) ? ["string"] : []),
      ...(source.includes("environ") ? ["subscript"] : []),
    ];
    for (const node of tree.rootNode.descendantsOfType(kinds)) {
      const kind = node.type;
      if (kind === "call") {
        const target = source.slice(node.startIndex, node.firstChild?.endIndex ?? node.startIndex);
        if (isCandidate(target)) pending.push({ piece, node, target });
      } else note(piece, kind, node);
    }
  };

  const noteLaunch = (name: string, strings: readonly string[], place: Place): void => {
    const { scripts, modules } = readLaunch(name, strings);
    for (const path of scripts) facts.scripts.push({ path, ...place });
    for (const module of modules)
      facts.imports.push({ module, level: 0, names: ["__main__"], context: "dynamic", ...place });
    const text = name.startsWith("pip.") ? `pip ${strings.join(" ")}` : strings.join(" ");
    if (isInstallation(text)) facts.installs.push({ text, ...place });
  };

  const noteCall = (piece: Piece, node: Node, name: string, target: string): void => {
    const { hasArguments, keywords, literals, mode, options } = readArguments(node, piece.source);
    const place = piece.placeOf(node.startPosition.row + 1);
    const [first] = literals;
    const literal = isPathMethod(name) ? pathOfReceiver(target) : first;
    if (typeof literal === "string") {
      if (name === "importlib.import_module" || name === "__import__") {
        const level = /^\.*/u.exec(literal)?.[0].length ?? 0;
        facts.imports.push({ module: literal.slice(level), level, names: [], context: "dynamic", ...place });
      }
      if (/^os\.(getenv|environ\.(get|pop|setdefault))$/u.test(name)) {
        const hasDefault = literals.length > 1 || keywords.includes("default");
        facts.environment.push({ variable: literal, hasDefault, ...place });
      }
    }
    const short = typeof literal === "string" && literal.length <= 300 ? { literal } : {};
    const isOpen = /(?:^|\.)open$/u.test(name);
    const opened = isOpen ? ((name === ".open" ? first : literals[1]) ?? mode) : null;
    const [, next] = literals;
    const second = !isOpen && typeof next === "string" && next.length <= 300 ? { second: next } : {};
    const how = opened === null || opened === undefined ? second : { mode: opened };
    const isLaunch = isLauncher(name);
    const strings = isLaunch || addsImportFolder(name) ? argumentStrings(node, piece.source) : null;
    if (isLaunch) noteLaunch(name, strings ?? [], place);
    const use = useOf(node, name, piece.source);
    const accessor = name === ".plot" ? /\.plot\s*\.\s*(\w+)$/u.exec(target)?.[1] : undefined;
    const chosen = accessor === undefined ? options : { ...options, kind: accessor };
    const choices = Object.keys(chosen).length === 0 ? {} : { options: chosen };
    const more = {
      ...how,
      ...choices,
      ...(strings === null ? {} : { strings }),
      ...(use === null ? {} : { use }),
    };
    facts.calls.push({ name, hasArguments, keywords, ...short, ...more, ...place });
  };

  const noteSubscript = (piece: Piece, node: Node): void => {
    const target = node.childForFieldName("value")?.text ?? "";
    const isTarget =
      node.parent?.type === "assignment" && node.parent.childForFieldName("left")?.id === node.id;
    if (isTarget || resolveCall(target, aliases, shadowed) !== "os.environ") return;
    const key = node.childForFieldName("subscript");
    const variable = key === null ? null : plainString(key, piece.source);
    if (variable !== null)
      facts.environment.push({ variable, hasDefault: false, ...piece.placeOf(node.startPosition.row + 1) });
  };

  return {
    add(source, placeOf = (line) => ({ line })) {
      const tree = parser.parse(source);
      if (tree === null) return null;
      const piece = { source, tree, placeOf };
      pieces.push(piece);
      const root = tree.rootNode;
      walk(piece);
      const fault = findSyntaxFault(root);
      if (fault !== null) facts.syntaxError ??= { ...fault, ...placeOf(fault.line) };
      const top = readTopLevel(root);
      facts.mainGuardLine ??= top.mainGuardLine === null ? null : placeOf(top.mainGuardLine).line;
      facts.topLevelWorkLine ??= top.workLine === null ? null : placeOf(top.workLine).line;
      if (pieces.length === 1) facts.docstring = top.docstring;
      return root;
    },
    finish() {
      for (const { piece, node, target } of pending) {
        if (target === "") noteSubscript(piece, node);
        else {
          const name = resolveCall(target, aliases, shadowed);
          if (name !== null) noteCall(piece, node, name, target);
        }
      }
      for (const { tree } of pieces) tree.delete();
      return { ...facts, syntaxError: facts.syntaxError ?? python2 };
    },
  };
}

/** False where the target of a call can be no imported name, builtin or noted method: spares most calls a closer look. */
function isCandidate(target: string): boolean {
  if (target.length <= 200 && !target.startsWith("self.") && /^[A-Za-z_][\w.]*$/u.test(target)) return true;
  return notedMethod(target) !== null;
}

function mutableFacts(): { -readonly [K in keyof PythonFacts]: PythonFacts[K] } & {
  imports: PythonFacts["imports"][number][];
  calls: PythonFacts["calls"][number][];
  environment: PythonFacts["environment"][number][];
  absolutePaths: PythonFacts["absolutePaths"][number][];
  scripts: PythonFacts["scripts"][number][];
  installs: PythonFacts["installs"][number][];
} {
  const lists = { imports: [], calls: [], environment: [], absolutePaths: [], scripts: [], installs: [] };
  return { ...emptyPythonFacts(), ...lists };
}
