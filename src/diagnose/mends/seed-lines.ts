import type { Node } from "web-tree-sitter";
import { namesIn } from "./code-search.ts";
import type { CodeEdit, CodePiece } from "./mend.ts";

/** Generators that a whole process shares, by the names of `tracedGeneratorSchema`. */
export type SharedGenerator = "random" | "numpy.random" | "torch" | "tensorflow";

const modules: Record<SharedGenerator, { readonly module: string; readonly call: string }> = {
  random: { module: "random", call: "seed" },
  "numpy.random": { module: "numpy", call: "random.seed" },
  torch: { module: "torch", call: "manual_seed" },
  tensorflow: { module: "tensorflow", call: "random.set_seed" },
};

/**
 * Seeds these generators after the imports at the top: of a notebook, those of the first code cell by which all of them
 * that any cell imports are there. What the code does not know by name is imported too. Null where there is no code.
 */
export function seedEdit(
  pieces: readonly CodePiece[],
  generators: readonly SharedGenerator[],
  seed: number,
): CodeEdit | null {
  const knows = ({ root }: CodePiece, module: string): boolean => namesIn(importsOf(root), module).length > 0;
  const needed = generators.map((generator) =>
    pieces.findIndex((piece) => knows(piece, modules[generator].module)),
  );
  const first = pieces.findIndex(({ root }) => importsOf(root).length > 0);
  const index = Math.max(0, first, ...needed);
  const piece = pieces[index];
  if (piece === undefined) return null;
  const text = seedLines(pieces.slice(0, index + 1), generators, seed).join("\n");
  const at = afterImports(piece);
  const isInside = at > 0 && piece.text[at - 1] !== "\n";
  return { piece, start: at, end: at, text: isInside ? `\n\n${text}` : `${text}\n` };
}

/** The lines that seed these generators, with imports for those that the code does not know by name. */
function seedLines(
  pieces: readonly CodePiece[],
  generators: readonly SharedGenerator[],
  seed: number,
): string[] {
  const imports = pieces.flatMap(({ root }) => importsOf(root));
  const calls = generators.map((generator) => {
    const { module, call } = modules[generator];
    const [name] = namesIn(imports, module);
    return {
      line: `${name ?? module}.${call}(${seed})`,
      needed: name === undefined ? [`import ${module}`] : [],
    };
  });
  return [...calls.flatMap(({ needed }) => needed), ...calls.map(({ line }) => line)];
}

/** Where the first run of imports ends: after its last line, without its line end. 0 before all code. */
function afterImports(piece: CodePiece): number {
  const imports = importsOf(piece.root);
  const last = imports.at(-1) ?? piece.root.namedChildren.find((node) => node !== null && isDocstring(node));
  if (last === undefined || last === null) return afterComments(piece.text);
  const end = piece.text.indexOf("\n", last.endIndex);
  return end === -1 ? piece.text.length : end;
}

/** The imports at the top, as long as nothing else but names and guards stands between them. */
function importsOf(root: Node): Node[] {
  const found: Node[] = [];
  for (const node of root.namedChildren) {
    if (node === null || node.type === "comment" || isDocstring(node)) continue;
    if (/^(?:import|import_from|future_import)_statement$/u.test(node.type)) found.push(node);
    else if (
      /^(?:function_definition|class_definition|decorated_definition|for_statement|while_statement)$/u.test(
        node.type,
      )
    )
      break;
  }
  return found;
}

function isDocstring(node: Node): boolean {
  return node.type === "expression_statement" && node.namedChild(0)?.type === "string";
}

/** After the first lines of comments: `#!` and the encoding must stay at the top. */
function afterComments(text: string): number {
  return /^(?:#[^\n]*\n)*/u.exec(text)?.[0].length ?? 0;
}
