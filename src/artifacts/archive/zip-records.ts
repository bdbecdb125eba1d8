/** What a zip says of one member, in the terms of PKWARE's APPNOTE.TXT 6.3.10. */
export interface ZipMember {
  readonly name: Buffer;
  /** Type and permission bits as in stat. */
  readonly unixMode: number;
  readonly size: number;
  /** Stored members say checksum and sizes in their local header, deflated ones in a descriptor after the data. */
  readonly deflated: boolean;
  /** True where a size may pass 4 GiB, so that 8-byte fields are used. */
  readonly large: boolean;
  compressed: number;
  checksum: number;
  offset: number;
}

const most = 0xffff_ffff;

/** Date and time in MS-DOS's terms. They carry no zone: the fields of UTC are written, so the machine's zone has no part. */
function dosTime(seconds: number): number {
  const at = new Date(seconds * 1000);
  const date = ((at.getUTCFullYear() - 1980) << 9) | ((at.getUTCMonth() + 1) << 5) | at.getUTCDate();
  const time = (at.getUTCHours() << 11) | (at.getUTCMinutes() << 5) | (at.getUTCSeconds() >> 1);
  return date * 0x1_0000 + time;
}

/** 4.3.7: the local file header. */
export function localHeader(member: ZipMember, modifiedAt: number): Buffer {
  const extra = member.large ? Buffer.alloc(20) : Buffer.alloc(0);
  if (member.large) extra.writeUInt32LE(0x0010_0001, 0);
  const unknown = member.large ? most : 0;
  const header = Buffer.alloc(30);
  header.writeUInt32LE(0x0403_4b50, 0);
  writeCommon(header, 4, member, modifiedAt);
  header.writeUInt32LE(member.deflated ? 0 : member.checksum, 14);
  header.writeUInt32LE(member.deflated ? unknown : member.size, 18);
  header.writeUInt32LE(member.deflated ? unknown : member.size, 22);
  header.writeUInt16LE(member.name.length, 26);
  header.writeUInt16LE(extra.length, 28);
  return Buffer.concat([header, member.name, extra]);
}

/** 4.3.9: the data descriptor. */
export function dataDescriptor(member: ZipMember): Buffer {
  const descriptor = Buffer.alloc(member.large ? 24 : 16);
  descriptor.writeUInt32LE(0x0807_4b50, 0);
  descriptor.writeUInt32LE(member.checksum, 4);
  if (member.large) {
    descriptor.writeBigUInt64LE(BigInt(member.compressed), 8);
    descriptor.writeBigUInt64LE(BigInt(member.size), 16);
  } else {
    descriptor.writeUInt32LE(member.compressed, 8);
    descriptor.writeUInt32LE(member.size, 12);
  }
  return descriptor;
}

/** 4.3.12: the member's line in the central directory. */
export function centralHeader(member: ZipMember, modifiedAt: number): Buffer {
  const wide = [member.size, member.compressed, member.offset].filter(
    (value) => member.large || value >= most,
  );
  const extra = Buffer.alloc(wide.length === 0 ? 0 : 4 + 8 * wide.length);
  if (wide.length > 0) extra.writeUInt32LE(0x0001 + ((8 * wide.length) << 16), 0);
  for (const [index, value] of wide.entries()) extra.writeBigUInt64LE(BigInt(value), 4 + 8 * index);
  const narrow = (value: number): number => (member.large || value >= most ? most : value);
  const header = Buffer.alloc(46);
  header.writeUInt32LE(0x0201_4b50, 0);
  header.writeUInt16LE((3 << 8) | 45, 4);
  writeCommon(header, 6, member, modifiedAt);
  header.writeUInt32LE(member.checksum, 16);
  header.writeUInt32LE(narrow(member.compressed), 20);
  header.writeUInt32LE(narrow(member.size), 24);
  header.writeUInt16LE(member.name.length, 28);
  header.writeUInt16LE(extra.length, 30);
  header.writeUInt32LE(member.unixMode * 0x1_0000, 38);
  header.writeUInt32LE(narrow(member.offset), 42);
  return Buffer.concat([header, member.name, extra]);
}

/** 4.3.14 to 4.3.16: the end of the central directory, with its 8-byte form where it is needed. */
export function endOfDirectory(count: number, size: number, offset: number): Buffer {
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x0605_4b50, 0);
  end.writeUInt16LE(Math.min(count, 0xffff), 8);
  end.writeUInt16LE(Math.min(count, 0xffff), 10);
  end.writeUInt32LE(Math.min(size, most), 12);
  end.writeUInt32LE(Math.min(offset, most), 16);
  if (count < 0xffff && size < most && offset < most) return end;
  const wide = Buffer.alloc(56 + 20);
  wide.writeUInt32LE(0x0606_4b50, 0);
  wide.writeBigUInt64LE(44n, 4);
  wide.writeUInt16LE((3 << 8) | 45, 12);
  wide.writeUInt16LE(45, 14);
  wide.writeBigUInt64LE(BigInt(count), 24);
  wide.writeBigUInt64LE(BigInt(count), 32);
  wide.writeBigUInt64LE(BigInt(size), 40);
  wide.writeBigUInt64LE(BigInt(offset), 48);
  wide.writeUInt32LE(0x0706_4b50, 56);
  wide.writeBigUInt64LE(BigInt(offset + size), 64);
  wide.writeUInt32LE(1, 72);
  return Buffer.concat([wide, end]);
}

/** Version, flags, method and time, which both headers have in the same order. */
function writeCommon(header: Buffer, at: number, member: ZipMember, modifiedAt: number): void {
  const utf8 = Buffer.from(member.name.toString("utf8"), "utf8").equals(member.name);
  header.writeUInt16LE(member.large ? 45 : 20, at);
  header.writeUInt16LE((member.deflated ? 0x8 : 0) | (utf8 ? 0x800 : 0), at + 2);
  header.writeUInt16LE(member.deflated ? 8 : 0, at + 4);
  header.writeUInt32LE(dosTime(modifiedAt), at + 6);
}
