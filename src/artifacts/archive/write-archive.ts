import crypto from "node:crypto";
import { createAtomic } from "../../system/index.ts";
import type { Member } from "../tree/member.ts";
import { archiveEntries } from "./archive-entry.ts";
import { writeInOrder } from "./ordered-write.ts";
import { tarGz } from "./tar-gz.ts";
import { tarZst } from "./tar-zst.ts";
import { zip } from "./zip.ts";

/** The formats that can be written; a new one is one file and one line here. */
export const archiveFormats = [zip, tarGz, tarZst] as const;

export type ArchiveFormat = (typeof archiveFormats)[number]["id"];

export interface ArchiveRequest {
  /** The one folder at the archive's top; null where the files themselves are to be there. */
  readonly name: string | null;
  readonly members: readonly Member[];
  readonly format: ArchiveFormat;
  /** Where the archive goes; a file that is there is replaced in one step. */
  readonly output: string;
  /** The one time that all members get, in seconds since the epoch; that of SOURCE_DATE_EPOCH where left out. */
  readonly modifiedAt?: number;
  /** Called with how many bytes of the archive are written. */
  readonly onBytes?: (bytes: number) => void;
}

export interface WrittenArchive {
  readonly path: string;
  /** Hex, over the whole archive. */
  readonly sha256: string;
  /** Bytes. */
  readonly size: number;
}

/** 1980-01-01T00:00:00Z, the earliest time that a zip can say. */
const earliest = 315_532_800;
/** 2107-12-31T23:59:58Z, the latest. */
const latest = 4_354_819_198;

/**
 * Writes an archive of these members, in one pass and with bounded memory. Its bytes depend on the names, contents, owner
 * execute bits and link targets, on `name`, on SOURCE_DATE_EPOCH (reproducible-builds.org; 1980-01-01 where unset), and on
 * the zlib and zstd inside the Node that runs this, which is why that Node is pinned. They do not depend on times, owners,
 * umask, locale, time zone, processors, or on the order in which a folder is read.
 * A folder is in it where it is a member of its own, or where something lies in it.
 * Throws ToolError PATH_UNREADABLE, DISK_FULL or USAGE; then nothing is left at `output` but what was there.
 */
export async function writeArchive(request: ArchiveRequest): Promise<WrittenArchive> {
  const entries = archiveEntries(request.members, request.name, request.output);
  const format = archiveFormats.find((candidate) => candidate.id === request.format) ?? tarGz;
  const hash = crypto.createHash("sha256");
  let size = 0;
  using output = createAtomic(request.output);
  await writeInOrder(
    format.pieces(
      entries,
      request.modifiedAt ?? modificationTime(process.env["SOURCE_DATE_EPOCH"]),
      () => size,
    ),
    format.inFlight,
    (bytes) => {
      output.write(bytes);
      hash.update(bytes);
      size += bytes.length;
      request.onBytes?.(size);
    },
  );
  output.commit();
  return { path: request.output, sha256: hash.digest("hex"), size };
}

/** The time of every member, in seconds since the epoch, within what every format can say. */
export function modificationTime(sourceDateEpoch: string | undefined): number {
  if (sourceDateEpoch === undefined || !/^\d{1,12}$/u.test(sourceDateEpoch)) return earliest;
  return Math.min(Math.max(Number(sourceDateEpoch), earliest), latest);
}
