import crypto from "node:crypto";
import { contentState, hashFile, now, sha256 } from "../../../system/index.ts";
import { linkTarget, type ArchiveEntry } from "../../archive/archive-entry.ts";

/** A file that changed so short a time ago may change again without its times telling: its content is read then. */
const settledAfterMs = 3000;
/** Goes up when the bytes of a layer change for the same members. */
const writerVersion = 1;

/**
 * A name for the tar that these entries give. Equal names mean equal bytes: of files on disk it takes device, inode,
 * size and both times, and the content itself where a change could hide from those. `identity` stands for all members
 * where their maker vouches for it; then none is looked at.
 */
export function layerKey(
  entries: readonly ArchiveEntry[],
  { modifiedAt, identity }: { readonly modifiedAt: number; readonly identity: string | undefined },
): string {
  const hash = crypto.createHash("sha256");
  hash.update(`layer ${writerVersion} ${modifiedAt}\0`);
  if (identity !== undefined) return hash.update(`identity ${identity}`).digest("hex");
  const settledBefore = Date.parse(now()) - settledAfterMs;
  for (const entry of entries) {
    hash.update(entry.name);
    hash.update(`\0${entry.kind} ${entry.mode} ${entry.owner ?? 0} ${contentKey(entry, settledBefore)}\0`);
  }
  return hash.digest("hex");
}

function contentKey({ kind, content }: ArchiveEntry, settledBefore: number): string {
  if (content === null) return "";
  if (kind === "symlink") return sha256(linkTarget(content));
  if ("bytes" in content) return sha256(content.bytes);
  const { state, changedMs } = contentState(content.path);
  return changedMs < settledBefore ? state : hashFile(content.path);
}
