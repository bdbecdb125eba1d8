import { constants, gunzipSync } from "node:zlib";
import { defineComparator } from "../comparator.ts";
import { largestUnpacked } from "../formats/limits.ts";

/** gzip (RFC 1952): by what it unpacks to. The header's time, name and system, and the compression, are layout. */
export const gzip = defineComparator({
  id: "gzip",
  matches: (_path, head) => head[0] === 0x1f && head[1] === 0x8b,
  compare: async (before, after, options) => {
    const [one, other] = [unpack(before), unpack(after)];
    if (one === null || other === null) return null;
    const path = options.path.replace(/\.gz$/iu, "").replace(/\.tgz$/iu, ".tar");
    const { verdict, rules, differences, measure } = await options.inner(path, one, other);
    if (verdict === "different") return { verdict, rules, differences, measure };
    const worst = verdict === "identical" ? "normalised" : verdict;
    return { verdict: worst, rules: ["gzip-container", ...rules], differences, measure };
  },
});

/** Null where it is broken, unpacks to more than 256 MB, or is followed by bytes that gunzip would pass over. */
function unpack(bytes: Uint8Array): Uint8Array | null {
  try {
    const unpacked: unknown = gunzipSync(bytes, {
      maxOutputLength: largestUnpacked,
      finishFlush: constants.Z_FINISH,
      info: true,
    });
    return isWhole(unpacked, bytes.length) ? unpacked.buffer : null;
  } catch {
    return null;
  }
}

/** Node's types leave out what `info: true` changes: the engine says how much of the input was read. */
function isWhole(value: unknown, length: number): value is { readonly buffer: Buffer } {
  if (typeof value !== "object" || value === null || !("buffer" in value) || !("engine" in value))
    return false;
  const { engine } = value;
  return (
    typeof engine === "object" &&
    engine !== null &&
    "bytesWritten" in engine &&
    engine.bytesWritten === length
  );
}
