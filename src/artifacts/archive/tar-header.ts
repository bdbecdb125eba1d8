/** The header of a member, as POSIX.1-2017 (pax) lays down the ustar format and its extended headers. */
export interface TarMember {
  readonly name: Buffer;
  /** The name of a folder ends in "/". */
  readonly kind: "file" | "symlink" | "directory";
  readonly mode: number;
  /** Of user and group; 0 where left out. */
  readonly owner?: number;
  readonly size: number;
  /** The target of a symbolic link; empty for files. */
  readonly link: Buffer;
  /** Seconds since the epoch. */
  readonly modifiedAt: number;
}

export const tarBlock = 512;
const nameBytes = 100;
const prefixBytes = 155;
const largestOctal = 0o77777777777;

/**
 * The bytes before a member's content: one ustar header, and before it an extended header where a field does not fit.
 * Names that are not UTF-8 are written as they are, which GNU tar, bsdtar and Python's tarfile give back unchanged.
 */
export function tarHeader(member: TarMember): Buffer {
  const split = splitName(member.name);
  const records: Buffer[] = [];
  if (split === null || (isUtf8(member.name) && !isAscii(member.name)))
    records.push(record("path", member.name));
  if (member.link.length > nameBytes) records.push(record("linkpath", member.link));
  if (member.size > largestOctal) records.push(record("size", Buffer.from(String(member.size))));

  const type = { file: "0", symlink: "2", directory: "5" }[member.kind];
  const [prefix, name] = split ?? [Buffer.alloc(0), member.name];
  const main = ustar(
    prefix,
    name,
    type,
    member.mode,
    Math.min(member.size, largestOctal),
    member.link,
    member,
  );
  if (records.length === 0) return main;
  const extended = Buffer.concat(records);
  const before = ustar(
    Buffer.alloc(0),
    Buffer.from("PaxHeader"),
    "x",
    0o644,
    extended.length,
    Buffer.alloc(0),
    member,
  );
  return Buffer.concat([before, extended, Buffer.alloc(paddingAfter(extended.length)), main]);
}

/** How many zero bytes fill up the last block of a content of `size` bytes. */
export function paddingAfter(size: number): number {
  return (tarBlock - (size % tarBlock)) % tarBlock;
}

function ustar(
  prefix: Buffer,
  name: Buffer,
  type: string,
  mode: number,
  size: number,
  link: Buffer,
  { modifiedAt, owner = 0 }: Pick<TarMember, "modifiedAt" | "owner">,
): Buffer {
  const header = Buffer.alloc(tarBlock);
  name.copy(header, 0, 0, nameBytes);
  header.write(octal(mode, 7), 100);
  header.write(octal(owner, 7), 108);
  header.write(octal(owner, 7), 116);
  header.write(octal(size, 11), 124);
  header.write(octal(modifiedAt, 11), 136);
  header.write("        ", 148);
  header.write(type, 156);
  link.copy(header, 157, 0, nameBytes);
  header.write("ustar\u000000", 257, "latin1");
  prefix.copy(header, 345);
  header.write(`${octal(sumOf(header), 6)}\0 `, 148, "latin1");
  return header;
}

/** The sum of a header's bytes, its own field counted as spaces. */
export function sumOf(header: Uint8Array): number {
  let sum = 8 * 32;
  for (let at = 0; at < tarBlock; at += 1) if (at < 148 || at >= 156) sum += header[at] ?? 0;
  return sum;
}

/** Prefix and name where the whole fits into the two fields, else null. */
function splitName(whole: Buffer): readonly [Buffer, Buffer] | null {
  if (whole.length <= nameBytes) return [Buffer.alloc(0), whole];
  const slash = whole.indexOf("/", whole.length - nameBytes - 1);
  if (slash <= 0 || slash > prefixBytes || slash === whole.length - 1) return null;
  return [whole.subarray(0, slash), whole.subarray(slash + 1)];
}

/** "LENGTH key=value\n", where LENGTH counts itself. */
function record(key: string, value: Buffer): Buffer {
  const rest = key.length + value.length + 3;
  let length = rest + String(rest).length;
  if (rest + String(length).length > length) length += 1;
  return Buffer.concat([Buffer.from(`${length} ${key}=`), value, Buffer.from("\n")]);
}

function octal(value: number, digits: number): string {
  return value.toString(8).padStart(digits, "0");
}

function isAscii(bytes: Buffer): boolean {
  return bytes.every((byte) => byte < 0x80);
}

function isUtf8(bytes: Buffer): boolean {
  return Buffer.from(bytes.toString("utf8"), "utf8").equals(bytes);
}
