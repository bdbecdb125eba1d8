import zlib from "node:zlib";
import { changedMeanwhile, linkTarget, openContent, type ArchiveEntry } from "./archive-entry.ts";
import { defineArchiveFormat } from "./archive-format.ts";
import { blockPool, deflatePart } from "./compress.ts";
import type { Piece } from "./ordered-write.ts";
import { centralHeader, dataDescriptor, endOfDirectory, localHeader, type ZipMember } from "./zip-records.ts";

const blockBytes = 1 << 20;
/** Below 4 GiB by more than deflate can add to what it cannot compress. */
const largeFrom = 0xff00_0000;
const regular = 0o100000;
const symbolicLink = 0o120000;
const folder = 0o040000;

/** Names that are not UTF-8 go in as they are, without the flag that says UTF-8: Unix tools give them back. */
export const zip = defineArchiveFormat({
  id: "zip",
  inFlight: 12,
  *pieces(entries, modifiedAt, written): Generator<Piece> {
    const pool = blockPool(blockBytes);
    const members: ZipMember[] = [];

    function* stored(member: ZipMember, content: Buffer): Generator<Piece> {
      member.checksum = zlib.crc32(content);
      member.compressed = content.length;
      yield () => {
        member.offset = written();
        return Buffer.concat([localHeader(member, modifiedAt), content]);
      };
    }

    function* deflated(entry: ArchiveEntry): Generator<Piece> {
      using file = openContent(entry);
      const member = newMember(entry.name, regular | entry.mode, file.size);
      members.push(member);
      if (file.size === 0) return yield* stored(member, Buffer.alloc(0));
      let dataStart = 0;
      yield () => {
        member.offset = written();
        const header = localHeader(member, modifiedAt);
        dataStart = member.offset + header.length;
        return header;
      };
      for (let left = file.size; left > 0;) {
        const block = pool.take();
        const read = fill(file, block.subarray(0, Math.min(left, blockBytes)), entry);
        member.checksum = zlib.crc32(read, member.checksum);
        left -= read.length;
        yield deflatePart(read, left === 0).finally(() => pool.give(block));
      }
      yield () => {
        member.compressed = written() - dataStart;
        return dataDescriptor(member);
      };
    }

    for (const entry of entries) {
      if (entry.kind === "file") yield* deflated(entry);
      else {
        const isLink = entry.kind === "symlink";
        const target = linkTarget(entry.content);
        const name = isLink ? entry.name : Buffer.concat([entry.name, Buffer.from("/")]);
        const unixMode = isLink ? symbolicLink | 0o777 : folder | entry.mode;
        const member = { ...newMember(name, unixMode, target.length), deflated: false };
        members.push(member);
        yield* stored(member, target);
      }
    }
    let start = 0;
    yield () => {
      start = written();
      return Buffer.concat(members.map((member) => centralHeader(member, modifiedAt)));
    };
    yield () => endOfDirectory(members.length, written() - start, start);
  },
});

function newMember(name: Buffer, unixMode: number, size: number): ZipMember {
  return {
    name,
    unixMode,
    size,
    deflated: size > 0,
    large: size >= largeFrom,
    compressed: 0,
    checksum: 0,
    offset: 0,
  };
}

function fill(file: { read(into: Uint8Array): number }, block: Buffer, entry: ArchiveEntry): Buffer {
  for (let used = 0; used < block.length;) {
    const read = file.read(block.subarray(used));
    if (read === 0) throw changedMeanwhile(entry);
    used += read;
  }
  return block;
}
