import crypto from "node:crypto";
import { createAtomic, moveEntry } from "../../../system/index.ts";
import { archiveEntries, type ArchiveEntry } from "../../archive/archive-entry.ts";
import { tarBlocks } from "../../archive/tar-blocks.ts";
import type { Member, Part } from "../../tree/member.ts";
import { mediaTypes } from "../oci/descriptor.ts";
import { layerCache, type CachedLayer } from "./layer-cache.ts";
import { layerKey } from "./layer-key.ts";
import type { Layer } from "./layer.ts";
import { withFolders } from "./with-folders.ts";

export interface LayerOptions {
  /** The layers that lie below it. */
  readonly below: readonly Layer[];
  /** The folder that the members lie below, "" for the root of the file system. */
  readonly top: string;
  /** Of every member, in seconds since the epoch. */
  readonly modifiedAt: number;
  /** The folder where layers are kept between images. */
  readonly cache: string;
}

const blockBytes = 1 << 20;

/** A part whose members are made only when no layer of it is at hand. */
export interface DeferredPart extends Omit<Part, "members" | "identity"> {
  /** What decides its members, given the layers below it. */
  identity(below: readonly Layer[]): string;
  make(): Promise<readonly Member[]>;
}

/**
 * A part as a layer: a tar, not compressed, of the members in the order of their names' bytes. It is written once for
 * what it is made from and lies in the cache; nothing is read where it lies there already. Memory: one block.
 * Throws ToolError PATH_UNREADABLE or DISK_FULL.
 */
export async function partLayer(
  part: Part | DeferredPart,
  { below, top, modifiedAt, cache }: LayerOptions,
): Promise<Layer> {
  const kept = layerCache(cache);
  const own = "members" in part ? part.identity : part.identity(below);
  const identity = own === undefined ? undefined : `${part.id} ${top} ${own}`;
  const entriesOf = (members: readonly Member[]): readonly ArchiveEntry[] =>
    archiveEntries(withFolders(members, top), null, "");
  const known = "members" in part ? entriesOf(part.members) : [];
  const key = layerKey(known, { modifiedAt, identity });
  const found = kept.find(key);
  const written =
    found ?? write("members" in part ? known : entriesOf(await part.make()), modifiedAt, cache, kept.place);
  if (found === null) kept.keep(key, written);
  const digest = `sha256:${written.sha256}`;
  return {
    what: part.what,
    descriptor: { mediaType: mediaTypes.layer, digest, size: written.size },
    diffId: digest,
    content: { path: kept.place(written.sha256) },
    reused: found !== null,
  };
}

function write(
  entries: readonly ArchiveEntry[],
  modifiedAt: number,
  cache: string,
  place: (sha256: string) => string,
): CachedLayer {
  const hash = crypto.createHash("sha256");
  let size = 0;
  const temporary = `${cache}/blobs/${process.pid}.${crypto.randomUUID()}`;
  using output = createAtomic(temporary);
  const block = Buffer.allocUnsafeSlow(blockBytes);
  for (const bytes of tarBlocks(entries, modifiedAt, () => block)) {
    hash.update(bytes);
    output.write(bytes);
    size += bytes.length;
  }
  output.commit();
  const sha256 = hash.digest("hex");
  moveEntry(temporary, place(sha256));
  return { sha256, size };
}
