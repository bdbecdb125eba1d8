import type { Node } from "web-tree-sitter";
import type { CauseKind, CodePlace, Trace } from "../../model/index.ts";
import type { ProbeSite } from "../probes/site.ts";

/** Code that is read as one piece: a file, or a code cell of a notebook (counted from 1). */
export interface CodePiece {
  readonly cell: number | null;
  readonly text: string;
  readonly root: Node;
}

/** What a mend looks at: the place of a cause, and the code around it. */
export interface MendSubject {
  readonly kind: CauseKind;
  readonly place: CodePlace;
  /** What differed there; null where only the line is known. */
  readonly site: ProbeSite | null;
  readonly trace: Trace;
  /** All pieces of the place's file, in order. */
  readonly pieces: readonly CodePiece[];
  /** The piece of the place. */
  readonly piece: CodePiece;
}

/** One splice: `text` in the place of what stands from `start` to `end` (UTF-16 units) in a piece. */
export interface CodeEdit {
  readonly piece: CodePiece;
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** A way to take a cause away by changing the code; its file tells how the code looks that it fits. */
export interface CodeMend {
  readonly id: string;
  readonly kinds: readonly CauseKind[];
  /** In the imperative, for people: "seed the generator". */
  readonly summary: string;
  /** True where the mended code gives what it gave before: it chooses no value of its own. */
  readonly keepsResults?: boolean;
  /** The edits, or none where the code does not look like that. Pure. */
  propose(subject: MendSubject): readonly CodeEdit[];
}

/** Says of a mend what it is; the array `mends` holds them all. */
export function defineCodeMend(mend: CodeMend): CodeMend {
  return mend;
}
