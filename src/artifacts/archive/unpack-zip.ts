import type { Entry, ZipFile } from "yauzl";
import { ToolError } from "../../model/index.ts";
import { toNative } from "../../system/index.ts";
import { entriesOf } from "./zip-entries.ts";
import { damaged, unsafe, type LimitKeeper } from "./unpack-limits.ts";
import type { IncomingKind, UnpackTarget } from "./unpack-target.ts";

const typeMask = 0o170000;
const kinds: Readonly<Record<number, IncomingKind>> = {
  0: "file",
  0o100000: "file",
  0o040000: "directory",
  0o120000: "symlink",
};
const unixHost = 3;
const longestLink = 4096;

/** Unpacks a zip by its central directory. Throws ToolError UNSAFE_ARCHIVE or PATH_UNREADABLE. */
export async function unpackZip(archive: string, target: UnpackTarget, limits: LimitKeeper): Promise<void> {
  const { openPromise } = await import("yauzl");
  let zip: ZipFile | undefined;
  try {
    // A name that is not UTF-8 is given as its bytes, which yauzl hands on to the file system.
    zip = await openPromise(toNative(archive) as string, {
      lazyEntries: true,
      autoClose: false,
      decodeStrings: false,
      validateEntrySizes: true,
    });
    for await (const entry of entriesOf(zip)) await unpackEntry(archive, zip, entry, target, limits);
  } catch (error) {
    if (error instanceof ToolError || error instanceof TypeError) throw error;
    throw damaged(archive, error instanceof Error ? error.message : String(error), error);
  } finally {
    zip?.close();
  }
}

async function unpackEntry(
  archive: string,
  zip: ZipFile,
  entry: Entry,
  target: UnpackTarget,
  limits: LimitKeeper,
): Promise<void> {
  const name = Buffer.from(entry.fileName);
  const unixMode = entry.versionMadeBy >> 8 === unixHost ? entry.externalFileAttributes >>> 16 : 0;
  const kind = name.at(-1) === 0x2f ? "directory" : kinds[unixMode & typeMask];
  if (kind === undefined) throw unsafe(archive, "it holds a device, a pipe or a socket");
  if (entry.isEncrypted()) throw damaged(archive, "it is encrypted");
  const member = {
    name,
    kind,
    executable: (unixMode & 0o100) !== 0,
    modifiedMs: entry.getLastModDate().getTime(),
  };
  if (kind === "directory") {
    target.begin({ ...member, link: Buffer.alloc(0) });
    return;
  }
  if (kind === "symlink" && entry.uncompressedSize > longestLink) {
    throw unsafe(archive, "a link in it has an impossible target");
  }
  const link: Buffer[] = [];
  if (kind === "file") target.begin({ ...member, link: Buffer.alloc(0) });
  for await (const chunk of (await zip.openReadStreamPromise(entry)) as AsyncIterable<Buffer>) {
    limits.countBytes(chunk.length);
    if (kind === "file") target.data(chunk);
    else link.push(chunk);
  }
  if (kind === "symlink") target.begin({ ...member, link: Buffer.concat(link) });
}
