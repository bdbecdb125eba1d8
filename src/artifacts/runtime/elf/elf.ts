/** What says how an ELF file is started and linked (System V ABI, gABI 4.1), for 64-bit little-endian files. */
export interface Elf {
  /** e_machine: 62 is x86-64, 183 is AArch64. */
  readonly machine: number;
  /** PT_INTERP: the loader that it asks for; null for a library and for what is linked statically. */
  readonly interpreter: string | null;
  /** Whether there is anything for a loader to do. */
  readonly isDynamic: boolean;
  /** DT_NEEDED, in their order. */
  readonly needed: readonly string[];
  readonly soname: string | null;
  /** DT_RPATH and DT_RUNPATH, split at ":". */
  readonly rpath: readonly string[];
  readonly runpath: readonly string[];
  /** Where the texts of those two lie in the file, in bytes. */
  readonly runPathTexts: readonly { readonly offset: number; readonly length: number }[];
  /** The end of the last segment, in bytes: what lies behind is read by debuggers and linkers, never by a loader. */
  readonly loadedEnd: number;
  /** Whether debug sections lie behind it. */
  readonly hasDebugSections: boolean;
}

/** The bytes of a file, by place: as many of `length` as there are. */
export interface ElfBytes {
  readonly size: number;
  readonly readAt: (position: number, length: number) => Buffer;
}

const headerBytes = 64;
const programHeaderBytes = 56;
const sectionHeaderBytes = 64;
const mostHeaders = 4096;
const mostDynamicBytes = 1 << 20;
const longestText = 4096;

const segmentLoad = 1;
const segmentDynamic = 2;
const segmentInterpreter = 3;
const tagNeeded = 1;
const tagStringTable = 5;
const tagSoname = 14;
const tagRpath = 15;
const tagRunpath = 29;

interface Segment {
  readonly type: number;
  readonly offset: number;
  readonly address: number;
  readonly fileBytes: number;
}

/** Reads the headers and the dynamic section alone. Null for what is no 64-bit little-endian ELF file, or a broken one. */
export function readElf(file: ElfBytes): Elf | null {
  const header = file.readAt(0, headerBytes);
  const isElf = header.length === headerBytes && header.readUInt32BE(0) === 0x7f454c46;
  if (!isElf || header[4] !== 2 || header[5] !== 1) return null;
  const segments = readSegments(file, header);
  if (segments === null) return null;
  const dynamic = segments.find(({ type }) => type === segmentDynamic);
  const tags = dynamic === undefined ? [] : readTags(file, dynamic);
  const table = tags.find(({ tag }) => tag === tagStringTable);
  const tableAt = table === undefined ? null : offsetOf(table.value, segments);
  const textsOf = (wanted: number): { text: string; offset: number; length: number }[] =>
    tags.flatMap(({ tag, value }) => {
      const found =
        tag === wanted && tableAt !== null ? readTextAt(file, tableAt + value, longestText) : null;
      return found === null ? [] : [found];
    });
  const interpreter = segments.find(({ type }) => type === segmentInterpreter);
  const rpath = textsOf(tagRpath);
  const runpath = textsOf(tagRunpath);
  return {
    machine: header.readUInt16LE(18),
    interpreter:
      interpreter === undefined
        ? null
        : (readTextAt(file, interpreter.offset, Math.min(longestText, interpreter.fileBytes))?.text ?? null),
    isDynamic: dynamic !== undefined,
    needed: textsOf(tagNeeded).map(({ text }) => text),
    soname: textsOf(tagSoname)[0]?.text ?? null,
    rpath: rpath.flatMap(({ text }) => splitPath(text)),
    runpath: runpath.flatMap(({ text }) => splitPath(text)),
    runPathTexts: [...rpath, ...runpath].map(({ offset, length }) => ({ offset, length })),
    loadedEnd: Math.max(headerBytes, ...segments.map(({ offset, fileBytes }) => offset + fileBytes)),
    hasDebugSections: sectionNames(file, header).some((name) => /^\.z?debug_/u.test(name)),
  };
}

/** The same for a file that is in memory. */
export function elfOfBytes(bytes: Buffer): Elf | null {
  return readElf({
    size: bytes.length,
    readAt: (position, length) => bytes.subarray(position, position + length),
  });
}

const splitPath = (text: string): string[] => text.split(":").filter((part) => part !== "");

function readSegments(file: ElfBytes, header: Buffer): readonly Segment[] | null {
  const at = wide(header, 32);
  const count = header.readUInt16LE(56);
  if (header.readUInt16LE(54) !== programHeaderBytes || count === 0 || count > mostHeaders) return null;
  const bytes = within(file, at, count * programHeaderBytes);
  if (bytes === null) return null;
  return Array.from({ length: count }, (_, index) => {
    const one = bytes.subarray(index * programHeaderBytes);
    return {
      type: one.readUInt32LE(0),
      offset: wide(one, 8),
      address: wide(one, 16),
      fileBytes: wide(one, 32),
    };
  }).filter(({ offset, fileBytes }) => offset + fileBytes <= file.size);
}

function readTags(file: ElfBytes, { offset, fileBytes }: Segment): readonly { tag: number; value: number }[] {
  const bytes = file.readAt(offset, Math.min(fileBytes, mostDynamicBytes));
  const tags: { tag: number; value: number }[] = [];
  for (let at = 0; at + 16 <= bytes.length; at += 16) {
    const tag = wide(bytes, at);
    if (tag === 0) break;
    tags.push({ tag, value: wide(bytes, at + 8) });
  }
  return tags;
}

/** Where in the file an address of memory lies. */
function offsetOf(address: number, segments: readonly Segment[]): number | null {
  const segment = segments.find(
    (one) => one.type === segmentLoad && address >= one.address && address < one.address + one.fileBytes,
  );
  return segment === undefined ? null : segment.offset + address - segment.address;
}

/** The text that ends with a NUL; null where none does within the bound. */
function readTextAt(
  file: ElfBytes,
  offset: number,
  most: number,
): { text: string; offset: number; length: number } | null {
  if (!(offset < file.size)) return null;
  const bytes = file.readAt(offset, most);
  const length = bytes.indexOf(0);
  return length === -1 ? null : { text: bytes.toString("utf8", 0, length), offset, length };
}

function sectionNames(file: ElfBytes, header: Buffer): readonly string[] {
  const at = wide(header, 40);
  const count = header.readUInt16LE(60);
  const namesIndex = header.readUInt16LE(62);
  if (header.readUInt16LE(58) !== sectionHeaderBytes || count > mostHeaders || namesIndex >= count) return [];
  const bytes = within(file, at, count * sectionHeaderBytes);
  if (bytes === null) return [];
  const names = bytes.subarray(namesIndex * sectionHeaderBytes);
  const table = within(file, wide(names, 24), Math.min(wide(names, 32), mostDynamicBytes));
  if (table === null) return [];
  return Array.from({ length: count }, (_, index) => {
    const start = bytes.readUInt32LE(index * sectionHeaderBytes);
    const end = table.indexOf(0, start);
    return start < table.length && end !== -1 ? table.toString("latin1", start, end) : "";
  });
}

function within(file: ElfBytes, at: number, length: number): Buffer | null {
  return at + length <= file.size ? file.readAt(at, length) : null;
}

/** A 64-bit number; those over 2^53 lead nowhere, and become infinite. */
function wide(bytes: Buffer, at: number): number {
  const value = bytes.readBigUInt64LE(at);
  return value <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(value) : Number.POSITIVE_INFINITY;
}
