import { exists, openRead, type FileReader } from "../system/index.ts";

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
  const lines = new Lines(limitBytes, onLine);
  await readOn(reader, Buffer.allocUnsafeSlow(pieceBytes), lines);
  return lines.end();
}

/** A file that is read while another process appends to it. */
export interface FollowedLines {
  /** Reads what is left and ends; none where the file never came. Throws PATH_UNREADABLE. */
  finish(): Promise<LineCounts>;
}

/** How often a file that is followed is looked at. */
const pauseMs = 100;

/** As readLines, from now until it is told to finish, of a file that may not be there yet. */
export function followLines(file: string, limitBytes: number, onLine: (line: string) => void): FollowedLines {
  const lines = new Lines(limitBytes, onLine);
  let isLast = false;
  let wake = (): void => {};
  const pause = (): Promise<void> =>
    new Promise((resolve) => {
      // Where nobody finishes, nothing is kept waiting.
      const timer = setTimeout(resolve, pauseMs).unref();
      wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  const follow = async (): Promise<LineCounts> => {
    while (!exists(file)) {
      if (isLast) return lines.end();
      await pause();
    }
    using reader = openRead(file);
    const piece = Buffer.allocUnsafeSlow(pieceBytes);
    for (let last = isLast; ; last = isLast) {
      await readOn(reader, piece, lines);
      if (last) return lines.end();
      if (!isLast) await pause();
    }
  };
  const counts = follow();
  // Told to who finishes.
  counts.catch(() => {});
  return {
    finish() {
      isLast = true;
      wake();
      return counts;
    },
  };
}

async function readOn(reader: FileReader, piece: Buffer, lines: Lines): Promise<void> {
  for (let read = reader.read(piece); read > 0; read = reader.read(piece)) {
    lines.take(piece.subarray(0, read));
    await new Promise((resolve) => setImmediate(resolve));
  }
}

/** Bytes as lines. */
class Lines {
  readonly #limitBytes: number;
  readonly #onLine: (line: string) => void;
  #rest = Buffer.alloc(0);
  #tooLong = false;
  #lines = 0;
  #broken = 0;

  constructor(limitBytes: number, onLine: (line: string) => void) {
    this.#limitBytes = limitBytes;
    this.#onLine = onLine;
  }

  take(bytes: Buffer): void {
    let start = 0;
    for (let end = bytes.indexOf(newline); end >= 0; end = bytes.indexOf(newline, start)) {
      const line = bytes.subarray(start, end);
      this.#give(this.#rest.length === 0 ? line : Buffer.concat([this.#rest, line]));
      this.#rest = Buffer.alloc(0);
      start = end + 1;
    }
    const left = bytes.subarray(start);
    if (this.#rest.length + left.length > this.#limitBytes) {
      this.#tooLong = true;
      this.#rest = Buffer.alloc(0);
    } else if (!this.#tooLong) {
      this.#rest = Buffer.concat([this.#rest, left]);
    }
  }

  end(): LineCounts {
    const open = this.#rest.length > 0 || this.#tooLong ? 1 : 0;
    return { lines: this.#lines + open, broken: this.#broken + open };
  }

  #give(line: Buffer): void {
    this.#lines += 1;
    if (this.#tooLong || line.length > this.#limitBytes) this.#broken += 1;
    else if (line.length > 0) this.#onLine(line.toString("utf8"));
    this.#tooLong = false;
  }
}
