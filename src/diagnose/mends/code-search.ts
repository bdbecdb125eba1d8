import type { Node } from "web-tree-sitter";
import type { CodeEdit, CodePiece, MendSubject } from "./mend.ts";

/** The calls of a piece, outermost first. */
export function callsIn(piece: CodePiece): Node[] {
  return piece.root.descendantsOfType("call").filter((node) => node !== null);
}

/** The calls that touch the line of the place; those that begin where the value differed come first. */
export function callsAt({ piece, place, site }: MendSubject): Node[] {
  const row = place.line - 1;
  const rank = (node: Node): number =>
    site !== null && node.startPosition.row === row && node.startPosition.column === site.column ? 0 : 1;
  return callsIn(piece)
    .filter((node) => node.startPosition.row <= row && node.endPosition.row >= row)
    .filter((node) => node.startPosition.row === row || calleeOf(node)?.endPosition.row === row)
    .toSorted((one, other) => rank(one) - rank(other));
}

/** What is called: `np.random.default_rng`. */
export const calleeOf = (call: Node): Node | null => call.childForFieldName("function");

/** The last part of what is called: `default_rng`. */
export function calledName(call: Node): string {
  return /\w+$/u.exec(calleeOf(call)?.text ?? "")?.[0] ?? "";
}

/** Positional arguments, and the keywords by name; a `**` counts as the keyword "**". */
export function argumentsOf(call: Node): {
  readonly positional: readonly Node[];
  readonly keywords: ReadonlySet<string>;
} {
  const given = call.childForFieldName("arguments");
  const nodes = given?.type === "argument_list" ? given.namedChildren.filter((node) => node !== null) : [];
  const keywords = nodes.flatMap((node) =>
    node.type === "keyword_argument"
      ? [node.childForFieldName("name")?.text ?? ""]
      : node.type === "dictionary_splat"
        ? ["**"]
        : [],
  );
  const positional = nodes.filter(
    ({ type }) => !/^(?:keyword_argument|dictionary_splat|comment)$/u.test(type),
  );
  return { positional, keywords: new Set(keywords) };
}

/** Puts one more argument at the end of a call; null where the call has none of its own (`f(x for x in y)`). */
export function addArgument(piece: CodePiece, call: Node, text: string): CodeEdit | null {
  const given = call.childForFieldName("arguments");
  if (given?.type !== "argument_list") return null;
  const last = given.namedChildren.findLast((node) => node !== null && node.type !== "comment");
  if (last === null || last === undefined) return insert(piece, given.endIndex - 1, text);
  const hasComma = /^\s*,/u.test(piece.text.slice(last.endIndex, given.endIndex));
  return insert(piece, last.endIndex, hasComma ? `, ${text}` : `, ${text}`);
}

export function insert(piece: CodePiece, at: number, text: string): CodeEdit {
  return { piece, start: at, end: at, text };
}

/** Puts text around a node. */
export function around(piece: CodePiece, node: Node, before: string, after: string): CodeEdit[] {
  return [insert(piece, node.startIndex, before), insert(piece, node.endIndex, after)];
}

/** The names under which a piece, or those before it, knows a module or a member of one: `np` for "numpy". */
export function namesFor(pieces: readonly CodePiece[], full: string): string[] {
  const types = ["import_statement", "import_from_statement"];
  return pieces.flatMap(({ root }) =>
    namesIn(
      root.descendantsOfType(types).filter((node) => node !== null),
      full,
    ),
  );
}

/** The names that these import statements give to a module or to a member of one. */
export function namesIn(imports: readonly Node[], full: string): string[] {
  const [module, member] = [full.replace(/\.\w+$/u, ""), /\w+$/u.exec(full)?.[0] ?? ""];
  return imports.flatMap((node) => {
    const from = node.childForFieldName("module_name")?.text;
    return node.childrenForFieldName("name").flatMap((child) => {
      if (child === null) return [];
      const alias = child.childForFieldName("alias")?.text;
      const name = child.childForFieldName("name")?.text ?? child.text;
      if (from === undefined) return name === full ? [alias ?? name] : [];
      return from === module && name === member ? [alias ?? name] : [];
    });
  });
}
