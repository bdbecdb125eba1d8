import { createHash, type Hash } from "node:crypto";
import { decodeName } from "../../system/index.ts";
import { sniff } from "./unpack-archive.ts";
import { keepLimits, type UnpackLimits } from "./unpack-limits.ts";
import type { IncomingEntry, UnpackTarget } from "./unpack-target.ts";
import { unpackTar } from "./unpack-tar.ts";
import { unpackZip } from "./unpack-zip.ts";

/** One member of an archive as it was read: nothing is unpacked, and nothing that it states is believed. */
export interface ListedMember {
  readonly kind: IncomingEntry["kind"];
  readonly executable: boolean;
  /** sha256 (hex) of a file's content; "" for the others. */
  readonly sha256: string;
  readonly bytes: number;
  /** Where a link leads; "" for the others. */
  readonly link: string;
  /** Of the files that were asked for, up to 64 MiB of it. */
  readonly content: Buffer | null;
}

/** More than any interpreter with its packages. */
const limits: UnpackLimits = { bytes: 500e9, entries: 5_000_000, ratio: 1000 };
const largestKept = 64 << 20;

/**
 * The members of a .zip, .tar, .tar.gz or .tar.zst by name, each file's content hashed in passing: memory does not grow
 * with their sizes. A leading "./" and trailing "/" are left out of names; of two with one name the later counts.
 * Throws ToolError UNSAFE_ARCHIVE or PATH_UNREADABLE.
 */
export async function listMembers(
  archive: string,
  keep: (name: string) => boolean,
): Promise<ReadonlyMap<string, ListedMember>> {
  const { kind, size } = sniff(archive);
  const members = new Map<string, ListedMember>();
  let open: { name: string; entry: IncomingEntry; hash: Hash; bytes: number; kept: Buffer[] | null } | null =
    null;
  const close = (): void => {
    if (open === null) return;
    const { name, entry, hash, bytes, kept } = open;
    members.set(name, {
      kind: entry.kind,
      executable: entry.executable,
      sha256: entry.kind === "file" ? hash.digest("hex") : "",
      bytes,
      link: decodeName(entry.link),
      content: kept === null ? null : Buffer.concat(kept),
    });
    open = null;
  };
  const target: UnpackTarget = {
    begin(entry) {
      close();
      keeper.countEntry();
      const name = decodeName(entry.name)
        .replace(/^(?:\.\/)+/u, "")
        .replace(/\/+$/u, "");
      const isKept = entry.kind === "file" && keep(name);
      open = { name, entry, hash: createHash("sha256"), bytes: 0, kept: isKept ? [] : null };
    },
    data(bytes) {
      if (open === null) return;
      open.hash.update(bytes);
      open.bytes += bytes.length;
      if (open.kept !== null && open.bytes <= largestKept) open.kept.push(Buffer.from(bytes));
    },
    finish: () => 0,
    [Symbol.dispose]() {},
  };
  const keeper = keepLimits(archive, size, limits);
  if (kind === "zip") await unpackZip(archive, target, keeper);
  else await unpackTar(archive, kind, target, keeper);
  close();
  return members;
}
