import { openRead } from "../system/index.ts";

export interface LineCounts {
  readonly lines: number;
  /** Lines that were longer than the bound, or whose end is missing. */
  readonly broken: number;
}

const pieceBytes = 1 << 20;
const newline = 0x0a;

/**
 * Gives each line of a file, without its end, to `onLine`, in bounded memory: 1 MiB and one line. Lines over `limitBytes`
 * are left out and counted, and so is a last line without an end. Lets other work go on between the pieces.
 */
export async function readLines(
  file: string,
  limitBytes: number,
  onLine: (line: string) => void,
): Promise<LineCounts> {
  using reader = openRead(file);
  const piece = Buffer.allocUnsafeSlow(pieceBytes);
  let rest = Buffer.alloc(0);
  let tooLong = false;
  let lines = 0;
  let broken = 0;
  const give = (line: Buffer): void => {
    lines += 1;
    if (tooLong || line.length > limitBytes) broken += 1;
    else if (line.length > 0) onLine(line.toString("utf8"));
    tooLong = false;
  };
  for (let read = reader.read(piece); read > 0; read = reader.read(piece)) {
    const bytes = piece.subarray(0, read);
    let start = 0;
    for (let end = bytes.indexOf(newline); end >= 0; end = bytes.indexOf(newline, start)) {
      const line = bytes.subarray(start, end);
      give(rest.length === 0 ? line : Buffer.concat([rest, line]));
      rest = Buffer.alloc(0);
      start = end + 1;
    }
    const left = bytes.subarray(start);
    if (rest.length + left.length > limitBytes) {
      tooLong = true;
      rest = Buffer.alloc(0);
    } else if (!tooLong) {
      rest = Buffer.concat([rest, left]);
    }
    await new Promise((resolve) => setImmediate(resolve));
  }
  if (rest.length > 0 || tooLong) {
    lines += 1;
    broken += 1;
  }
  return { lines, broken };
}
