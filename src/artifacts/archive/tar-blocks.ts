import { changedMeanwhile, linkTarget, openContent, type ArchiveEntry } from "./archive-entry.ts";
import { paddingAfter, tarBlock, tarHeader } from "./tar-header.ts";

const zeros = Buffer.alloc(2 * tarBlock);
const slash = Buffer.from("/");

/**
 * A tar stream of these entries, cut into blocks of `blockBytes` (the last is shorter), with at most a block in memory.
 * `takeBlock` gives a buffer of that length whose content does not matter; the receiver owns what is yielded.
 */
export function* tarBlocks(
  entries: readonly ArchiveEntry[],
  modifiedAt: number,
  takeBlock: () => Buffer,
): Generator<Buffer, void> {
  let block = takeBlock();
  let used = 0;
  const room = (wanted: number): Buffer => block.subarray(used, Math.min(block.length, used + wanted));

  function* advance(bytes: number): Generator<Buffer, void> {
    used += bytes;
    if (used < block.length) return;
    yield block;
    block = takeBlock();
    used = 0;
  }
  function* put(bytes: Buffer): Generator<Buffer, void> {
    for (let at = 0; at < bytes.length;) {
      const taken = bytes.copy(room(bytes.length - at), 0, at);
      at += taken;
      yield* advance(taken);
    }
  }
  function* putFile(entry: ArchiveEntry): Generator<Buffer, void> {
    using file = openContent(entry);
    yield* put(tarHeader({ ...entry, size: file.size, link: Buffer.alloc(0), modifiedAt }));
    for (let left = file.size; left > 0;) {
      const read = file.read(room(left));
      if (read === 0) throw changedMeanwhile(entry);
      left -= read;
      yield* advance(read);
    }
    yield* put(zeros.subarray(0, paddingAfter(file.size)));
  }

  for (const entry of entries) {
    if (entry.kind === "file") yield* putFile(entry);
    else if (entry.kind === "symlink") {
      const link = linkTarget(entry.content);
      yield* put(tarHeader({ ...entry, mode: 0o777, size: 0, link, modifiedAt }));
    } else {
      const name = Buffer.concat([entry.name, slash]);
      yield* put(tarHeader({ ...entry, name, size: 0, link: Buffer.alloc(0), modifiedAt }));
    }
  }
  yield* put(zeros);
  if (used > 0) yield block.subarray(0, used);
}
