import type { FileFrom } from "../../read/image-files.ts";
import { unreadableImage } from "../../read/unreadable.ts";

const pieceBytes = 1 << 18;

/**
 * The bytes of a blob from `start` to `end`, piece by piece; `onBytes` hears how far it is, from the blob's start on.
 * Throws ToolError IMAGE_UNREADABLE where it ends too early.
 */
export function* piecesFrom(
  blob: { readonly digest: string; open(): FileFrom },
  start: number,
  end: number,
  onBytes: (bytes: number) => void,
): Generator<Uint8Array> {
  using file = blob.open();
  let at = 0;
  const scratch = Buffer.allocUnsafe(pieceBytes);
  while (at < start) at += some(file.read(scratch.subarray(0, Math.min(pieceBytes, start - at))), blob);
  while (at < end) {
    // A piece of its own each time: the one before may still be on its way out.
    const piece = Buffer.allocUnsafe(Math.min(pieceBytes, end - at));
    const read = some(file.read(piece), blob);
    at += read;
    onBytes(at);
    yield piece.subarray(0, read);
  }
}

function some(read: number, { digest }: { readonly digest: string }): number {
  if (read > 0) return read;
  throw unreadableImage(digest, "it is shorter than it was");
}
