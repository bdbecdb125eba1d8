/** A part of the output: one that is being made already, or one made in its turn, when all before it is written. */
export type Piece = Promise<OwnBytes> | (() => Buffer);

/** Bytes that nobody else looks at, in memory that is given back as soon as they are written. */
export interface OwnBytes {
  readonly pieces: readonly Buffer[];
  release(): void;
}

/**
 * Writes the pieces in their order, with at most `inFlight` of them under way, so that the bytes do not depend on how
 * many processors work on them and memory stays bounded.
 */
export async function writeInOrder(
  pieces: Iterable<Piece>,
  inFlight: number,
  write: (bytes: Buffer) => void,
): Promise<void> {
  const waiting: Piece[] = [];
  const writeNext = async (): Promise<void> => {
    const piece = waiting.shift();
    if (piece === undefined) return;
    if (typeof piece === "function") return write(piece());
    const made = await piece;
    for (const bytes of made.pieces) write(bytes);
    made.release();
  };
  try {
    for (const piece of pieces) {
      waiting.push(piece);
      if (waiting.length >= inFlight) await writeNext();
    }
    while (waiting.length > 0) await writeNext();
  } finally {
    await Promise.allSettled(waiting.filter((piece) => typeof piece !== "function"));
  }
}
