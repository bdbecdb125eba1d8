import type { FileFrom } from "../../read/image-files.ts";
import { unreadableImage } from "../../read/unreadable.ts";

const pieceBytes = 1 << 20;

/**
 * The bytes of a blob from `start` to `end`, piece by piece in one memory; `onBytes` hears how far it is, from the blob's
 * start on.
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
    const read = some(file.read(scratch.subarray(0, Math.min(pieceBytes, end - at))), blob);
    at += read;
    onBytes(at);
    yield scratch.subarray(0, read);
  }
}

function some(read: number, { digest }: { readonly digest: string }): number {
  if (read > 0) return read;
  throw unreadableImage(digest, "it is shorter than it was");
}
