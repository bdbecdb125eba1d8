import { fetchTail } from "../../system/index.ts";

const endOfDirectory = Buffer.from("PK\u0005\u0006");
const firstBytes = 1 << 16;
/** A wheel of 100,000 files has a directory of some 10 MB. */
const mostBytes = 24 * 1024 * 1024;

/**
 * The names of the files in a wheel on an index, of which only the end is fetched: the central directory of the zip
 * (APPNOTE 4.3.12), by range requests. Null where the server gives no ranges or the end is no such directory; zips beyond
 * 4 GB (zip64) are not read. Throws ToolError NETWORK_UNAVAILABLE.
 */
export async function wheelFiles(url: string): Promise<readonly string[] | null> {
  let end = await fetchTail(url, firstBytes);
  if (end === null) return null;
  const directory = placeOf(end.bytes);
  if (directory === null || directory.start >= end.total) return null;
  const wanted = end.total - directory.start;
  if (wanted > mostBytes) return null;
  if (wanted > end.bytes.length) end = await fetchTail(url, wanted);
  return end === null || end.bytes.length < wanted
    ? null
    : namesIn(end.bytes.subarray(end.bytes.length - wanted), directory.count);
}

interface Directory {
  /** Bytes from the beginning of the zip. */
  readonly start: number;
  readonly count: number;
}

/** Where the central directory lies, as the record at the end says. */
function placeOf(bytes: Buffer): Directory | null {
  const at = bytes.lastIndexOf(endOfDirectory);
  if (at === -1 || at + 22 > bytes.length) return null;
  const start = bytes.readUInt32LE(at + 16);
  return start === 0xff_ff_ff_ff ? null : { start, count: bytes.readUInt16LE(at + 10) };
}

/** The file names of a central directory; null where it ends before its count is reached, or is none. */
function namesIn(bytes: Buffer, count: number): readonly string[] | null {
  const names: string[] = [];
  for (let at = 0; names.length < count;) {
    if (at + 46 > bytes.length || bytes.readUInt32LE(at) !== 0x02_01_4b_50) return null;
    const length = bytes.readUInt16LE(at + 28);
    names.push(bytes.toString("utf8", at + 46, at + 46 + length));
    at += 46 + length + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32);
  }
  return names;
}
