import type { ArchiveEntry } from "./archive-entry.ts";
import type { Piece } from "./ordered-write.ts";

/** One kind of archive. `pieces` makes its bytes in order; `written` says how many are written, for pieces made in their turn. */
export interface ArchiveFormatDefinition<Id extends string> {
  readonly id: Id;
  /** How many pieces may be under way: bounds memory. */
  readonly inFlight: number;
  /** `modifiedAt` is the one time that all members get, in seconds since the epoch. */
  pieces(entries: readonly ArchiveEntry[], modifiedAt: number, written: () => number): Iterable<Piece>;
}

export function defineArchiveFormat<const Id extends string>(
  definition: ArchiveFormatDefinition<Id>,
): ArchiveFormatDefinition<Id> {
  return definition;
}
