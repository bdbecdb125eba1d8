import { constants, zstdCompressSync, zstdDecompressSync } from "node:zlib";
import { ToolError, type Trace } from "../model/index.ts";

/** The most that a trace may unpack to. */
const largest = 512 << 20;

/** Half the time, and lists of files become no larger. */
const fast = { params: { [constants.ZSTD_c_compressionLevel]: 1 } };

/** A trace as it is kept: JSON, compressed with Zstandard. */
export function packTrace(trace: Trace): Buffer {
  return zstdCompressSync(Buffer.from(JSON.stringify(trace)), fast);
}

/** Throws STORE_CORRUPT where the bytes are no trace, or one of a later version. */
export function unpackTrace(bytes: Uint8Array): Trace {
  try {
    const text = zstdDecompressSync(bytes, { maxOutputLength: largest }).toString("utf8");
    const trace = JSON.parse(text) as Trace;
    if (trace.schemaVersion === 1) return trace;
  } catch (cause) {
    throw unreadable(cause);
  }
  throw unreadable(undefined);
}

function unreadable(cause: unknown): ToolError {
  return new ToolError("STORE_CORRUPT", "The trace of this run cannot be read", {
    cause,
    hint: "Run the command again; its new run has a trace of its own.",
  });
}
