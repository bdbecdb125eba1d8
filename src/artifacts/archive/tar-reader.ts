import { sumOf, tarBlock, paddingAfter } from "./tar-header.ts";
import type { IncomingEntry, IncomingKind } from "./unpack-target.ts";

/** What a tar states of a member beyond what every archive does. */
export interface TarEntry extends IncomingEntry {
  /** All bits of its mode: setuid, setgid and sticky too. */
  readonly mode: number;
  /** Numbers of user and group. */
  readonly user: number;
  readonly group: number;
  /** Bytes of its content, and where in the stream they begin. */
  readonly size: number;
  readonly offset: number;
}

export interface TarTarget {
  begin(entry: TarEntry): void;
  data(bytes: Uint8Array): void;
  /** Takes a device or a pipe, said in words; where this is left out, an archive with one is refused. */
  special?(name: Buffer, what: string): void;
}

/** Why a tar stream was refused: "damaged" as a tar, or "unsafe" to unpack. */
export class TarFault extends Error {
  readonly kind: "damaged" | "unsafe";
  constructor(kind: "damaged" | "unsafe", message: string) {
    super(message);
    this.kind = kind;
  }
}

const kinds: Readonly<Record<string, IncomingKind>> = {
  "\0": "file",
  "0": "file",
  "7": "file",
  "1": "hardlink",
  "2": "symlink",
  "5": "directory",
};
const unsafeTypes: Readonly<Record<string, string>> = {
  "3": "a character device",
  "4": "a block device",
  "6": "a named pipe",
};
const largestMeta = 1 << 20;
const binarySize = 0x80;

/**
 * Takes a tar stream in pieces (ustar, pax and GNU's long names; POSIX.1-2017) and hands its members to `target`.
 * Names stay bytes. Throws TarFault, and what the target throws.
 */
export function tarReader(target: TarTarget): {
  push(chunk: Buffer): void;
  /** Leaves out what is still to come of a member's content: gives how many bytes of the stream not to push. */
  skip(): number;
  end(): void;
} {
  let pending: Buffer = Buffer.alloc(0);
  let left = 0;
  let padding = 0;
  let consumed = 0;
  let meta: { readonly type: string; readonly parts: Buffer[] } | null = null;
  let next = new Map<string, Buffer>();
  let ended = false;
  const hasEnded = (): boolean => ended;

  const finishMeta = (): void => {
    if (meta === null) return;
    const content = Buffer.concat(meta.parts);
    if (meta.type === "x") for (const [key, value] of paxRecords(content)) next.set(key, value);
    if (meta.type === "L") next.set("path", untilNul(content));
    if (meta.type === "K") next.set("linkpath", untilNul(content));
    meta = null;
  };
  const takeHeader = (header: Buffer): void => {
    if (header.every((byte) => byte === 0)) {
      ended = true;
      return;
    }
    if (sumOf(header) !== Number.parseInt(header.toString("latin1", 148, 156), 8)) {
      throw new TarFault("damaged", "a header's checksum is wrong");
    }
    const type = header.toString("latin1", 156, 157);
    left = sizeOf(header, next.get("size"));
    padding = paddingAfter(left);
    if ("xgLK".includes(type)) {
      if (left > largestMeta) throw new TarFault("unsafe", "an extended header has more than 1 MiB");
      meta = { type, parts: [] };
      if (left === 0) finishMeta();
      return;
    }
    const offset = consumed + tarBlock;
    const special = unsafeTypes[type];
    if (special !== undefined && target.special !== undefined) {
      const { name } = entryOf(header, "0", next, left, offset);
      next = new Map();
      if (left > 0) throw new TarFault("unsafe", `${special} in it has content`);
      target.special(name, special);
      return;
    }
    const entry = entryOf(header, type, next, left, offset);
    next = new Map();
    if (entry.kind !== "file" && left > 0) throw new TarFault("unsafe", "a link or folder in it has content");
    target.begin(entry);
  };

  return {
    push(chunk) {
      let rest = pending.length > 0 ? Buffer.concat([pending, chunk]) : chunk;
      while (!hasEnded() && rest.length > 0) {
        if (left > 0) {
          const part = rest.subarray(0, left);
          if (meta === null) target.data(part);
          else meta.parts.push(Buffer.from(part));
          rest = rest.subarray(part.length);
          left -= part.length;
          consumed += part.length;
          if (left === 0) finishMeta();
        } else if (padding > 0) {
          const skipped = Math.min(padding, rest.length);
          rest = rest.subarray(skipped);
          padding -= skipped;
          consumed += skipped;
        } else {
          if (rest.length < tarBlock) break;
          takeHeader(rest.subarray(0, tarBlock));
          rest = rest.subarray(tarBlock);
          consumed += tarBlock;
        }
      }
      pending = ended ? Buffer.alloc(0) : Buffer.from(rest);
    },
    skip() {
      if (left === 0 || meta !== null) return 0;
      const bytes = left + padding;
      [left, padding] = [0, 0];
      consumed += bytes;
      return bytes;
    },
    end() {
      if (left > 0 || meta !== null || pending.length > 0) throw new TarFault("damaged", "it is cut off");
    },
  };
}

function entryOf(
  header: Buffer,
  type: string,
  next: ReadonlyMap<string, Buffer>,
  size: number,
  offset: number,
): TarEntry {
  for (const key of next.keys()) {
    if (key.startsWith("GNU.sparse")) throw new TarFault("unsafe", "it holds sparse files");
  }
  const prefix =
    header.toString("latin1", 257, 263) === "ustar\0" ? untilNul(header.subarray(345, 500)) : null;
  const short = untilNul(header.subarray(0, 100));
  const plain =
    prefix === null || prefix.length === 0 ? short : Buffer.concat([prefix, Buffer.from("/"), short]);
  const name = next.get("path") ?? plain;
  const kind = kinds[type];
  if (kind === undefined) {
    throw new TarFault(
      "unsafe",
      `it holds ${unsafeTypes[type] ?? "an entry of a kind that is not known here"}`,
    );
  }
  const mode = octalOf(header.subarray(100, 108)) & 0o7777;
  const id = (key: string, at: number): number => {
    const told = next.get(key)?.toString("latin1") ?? octalOf(header.subarray(at, at + 8));
    return Math.max(0, Math.trunc(Number(told)) || 0);
  };
  return {
    name: Buffer.from(name),
    kind: kind === "file" && name.at(-1) === 0x2f ? "directory" : kind,
    executable: (mode & 0o100) !== 0,
    mode,
    user: id("uid", 108),
    group: id("gid", 116),
    size,
    offset,
    link: Buffer.from(next.get("linkpath") ?? untilNul(header.subarray(157, 257))),
    modifiedMs: 1000 * Number(next.get("mtime")?.toString("latin1") ?? octalOf(header.subarray(136, 148))),
  };
}

/** Octal digits, or GNU's big-endian number behind a byte 0x80; a pax record goes before both. */
function sizeOf(header: Buffer, pax: Buffer | undefined): number {
  const field = header.subarray(124, 136);
  const text = field
    .toString("latin1")
    .replace(/[\0 ]+$/u, "")
    .trimStart();
  const size =
    pax !== undefined
      ? Number(pax.toString("latin1"))
      : field[0] === binarySize
        ? Number(field.readBigUInt64BE(4))
        : text === ""
          ? 0
          : /^[0-7]+$/u.test(text)
            ? Number.parseInt(text, 8)
            : Number.NaN;
  if (!Number.isSafeInteger(size) || size < 0) throw new TarFault("damaged", "a size in it is no number");
  return size;
}

const octalOf = (field: Buffer): number => Number.parseInt(field.toString("latin1"), 8);

/** "LENGTH key=value\n" over and over. */
function paxRecords(content: Buffer): Map<string, Buffer> {
  const records = new Map<string, Buffer>();
  for (let at = 0; at < content.length;) {
    const space = content.indexOf(" ", at);
    const length = Number(content.toString("latin1", at, Math.max(at, space)));
    const equals = content.indexOf("=", space);
    const end = at + length;
    if (space < 0 || !(length > 0) || end > content.length || equals < 0 || equals >= end) {
      throw new TarFault("damaged", "an extended header is broken");
    }
    records.set(content.toString("utf8", space + 1, equals), content.subarray(equals + 1, end - 1));
    at = end;
  }
  return records;
}

function untilNul(bytes: Buffer): Buffer {
  const end = bytes.indexOf(0);
  return end < 0 ? bytes : bytes.subarray(0, end);
}
