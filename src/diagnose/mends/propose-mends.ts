import type { Tree } from "web-tree-sitter";
import type { CauseKind, CodePlace, Trace } from "../../model/index.ts";
import {
  loadPythonParser,
  plainCell,
  readCells,
  withCellSources,
  type PythonParser,
} from "../../source/index.ts";
import { joinPath, lookUp, readBytes } from "../../system/index.ts";
import type { ProposedMend } from "../probes/experiment.ts";
import type { ProbeSite } from "../probes/site.ts";
import type { CodeEdit, CodePiece, MendSubject } from "./mend.ts";
import { mends } from "./mends.ts";

/** Of what mends are proposed: the place of a cause, and what differed there where that is known. */
export interface MendRequest {
  readonly root: string;
  readonly kind: CauseKind;
  readonly place: CodePlace;
  readonly site: ProbeSite | null;
  readonly trace: Trace;
}

/**
 * Changes to the code that may take a cause away, best first; none where the code looks like nothing known. Each was read
 * again as Python; whether it helps, runs with it must show.
 */
export async function proposeMends(request: MendRequest): Promise<ProposedMend[]> {
  const { root, kind, place, site, trace } = request;
  const found = lookUp(joinPath(root, place.file));
  if (found?.isFile !== true) return [];
  const bytes = readBytes(found.realPath);
  const parser = await loadPythonParser();
  const trees: Tree[] = [];
  try {
    const pieces = piecesOf(parser, place.file, bytes, trees);
    const piece = pieces.find(({ cell }) => cell === place.cell);
    if (piece === undefined) return [];
    const subject: MendSubject = { kind, place, site, trace, pieces, piece };
    return mends
      .filter(({ kinds }) => kinds.includes(kind))
      .flatMap(({ summary, keepsResults = false, propose }) => {
        const after = applied(parser, place.file, bytes, propose(subject));
        if (after === null) return [];
        const before = textOf(bytes);
        return [{ summary, keepsResults, changes: [{ path: place.file, before, after, why: summary }] }];
      });
  } finally {
    for (const tree of trees) tree.delete();
  }
}

/** A byte order mark stays where it is. */
export const textOf = (bytes: Uint8Array): string =>
  new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes);

/** The file as one piece, or the code cells of a notebook; those that cannot be read are left out. */
export function piecesOf(parser: PythonParser, file: string, bytes: Uint8Array, trees: Tree[]): CodePiece[] {
  const sources = file.endsWith(".ipynb") ? readCells(file, bytes) : null;
  const texts =
    sources === null
      ? [{ cell: null, text: textOf(bytes) }]
      : sources.map((text, index) => ({ cell: index + 1, text }));
  return texts.flatMap(({ cell, text }) => {
    // Magics are read as if they were not there: offsets stay true up to the first, and lines throughout.
    const plain = cell === null ? text : sameLength(text, plainCell(text).source);
    const tree = parser.parse(plain);
    if (tree === null) return [];
    trees.push(tree);
    return [{ cell, text, root: tree.rootNode }];
  });
}

/** The file with the edits; null where there are none, or what comes of them is no Python. */
export function applied(
  parser: PythonParser,
  file: string,
  bytes: Uint8Array,
  edits: readonly CodeEdit[],
): string | null {
  if (edits.length === 0) return null;
  const texts = new Map<number | null, string>();
  for (const piece of new Set(edits.map((edit) => edit.piece))) {
    const text = spliced(
      piece.text,
      edits.filter((edit) => edit.piece === piece),
    );
    if (!isPython(parser, piece.cell === null ? text : plainCell(text).source)) return null;
    texts.set(piece.cell, text);
  }
  const whole = texts.get(null);
  if (whole !== undefined) return whole;
  const cells = new Map(
    Array.from(texts).flatMap(([cell, text]) => (cell === null ? [] : [[cell, text] as const])),
  );
  return withCellSources(file, bytes, cells);
}

/** Edits at one place keep their order. */
function spliced(text: string, edits: readonly CodeEdit[]): string {
  let result = "";
  let done = 0;
  for (const edit of edits.toSorted((one, other) => one.start - other.start)) {
    result += text.slice(done, edit.start) + edit.text;
    done = edit.end;
  }
  return result + text.slice(done);
}

/** Magic lines as blanks of the same length. */
function sameLength(text: string, plain: string): string {
  const lines = plain.split("\n");
  return text
    .split("\n")
    .map((line, index) => (line === lines[index] ? line : " ".repeat(line.length)))
    .join("\n");
}

function isPython(parser: PythonParser, text: string): boolean {
  const tree = parser.parse(text);
  const isGood = tree !== null && !tree.rootNode.hasError;
  tree?.delete();
  return isGood;
}
