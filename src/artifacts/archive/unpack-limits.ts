import { ToolError } from "../../model/index.ts";

/** What an archive may unpack to before it is taken for a bomb. */
export interface UnpackLimits {
  /** All content together. */
  readonly bytes: number;
  readonly entries: number;
  /** Unpacked over packed size, looked at from 100 MB on. */
  readonly ratio: number;
}

export const defaultLimits: UnpackLimits = { bytes: 20e9, entries: 200_000, ratio: 200 };
const ratioFrom = 100e6;

export interface LimitKeeper {
  countBytes(bytes: number): void;
  countEntry(): void;
}

/** Counts what comes out of an archive of `packedSize` bytes; throws ToolError UNSAFE_ARCHIVE beyond a limit. */
export function keepLimits(archive: string, packedSize: number, limits: UnpackLimits): LimitKeeper {
  let bytes = 0;
  let entries = 0;
  return {
    countBytes(more) {
      bytes += more;
      if (bytes > limits.bytes) throw unsafe(archive, `it unpacks to more than ${limits.bytes} bytes`);
      if (bytes > ratioFrom && bytes > limits.ratio * packedSize) {
        throw unsafe(archive, `it unpacks to more than ${limits.ratio} times its size`);
      }
    },
    countEntry() {
      entries += 1;
      if (entries > limits.entries) throw unsafe(archive, `it has more than ${limits.entries} entries`);
    },
  };
}

export function unsafe(archive: string, reason: string): ToolError {
  return new ToolError("UNSAFE_ARCHIVE", `${archive} was not unpacked: ${reason}`, {
    hint: "Unpack it by hand where you trust it, look at what it holds, and give that folder.",
    location: { file: archive },
  });
}

export function damaged(archive: string, reason: string, cause?: unknown): ToolError {
  return new ToolError("PATH_UNREADABLE", `${archive} cannot be unpacked: ${reason}`, {
    hint: "It may be cut off or no .zip, .tar, .tar.gz or .tar.zst at all: fetch it again.",
    location: { file: archive },
    cause,
  });
}
