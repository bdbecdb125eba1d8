import { elfOfBytes } from "./elf.ts";

/**
 * The same program or library without what speaks of the machine that it was built on: run paths that lead to fixed
 * folders are emptied (a loader skips an empty one), the prefixes in texts become neutral ones of the same length, and
 * sections behind the last segment go where they hold debugging information. The same buffer where nothing changes.
 */
export function neutralElf(bytes: Buffer, prefixes: readonly string[]): Buffer {
  const elf = elfOfBytes(bytes);
  if (elf === null) return bytes;
  const blanks = isRelative([...elf.rpath, ...elf.runpath]) ? [] : elf.runPathTexts;
  const found = prefixes.filter((prefix) => bytes.includes(prefix));
  if (blanks.length === 0 && found.length === 0 && !elf.hasDebugSections) return bytes;
  const copy = Buffer.from(elf.hasDebugSections ? bytes.subarray(0, elf.loadedEnd) : bytes);
  for (const { offset, length } of blanks) copy.fill(0, offset, offset + length);
  for (const prefix of found) replacePrefix(copy, prefix);
  if (elf.hasDebugSections) forgetSections(copy);
  return copy;
}

/** Whether these run paths lead to places beside the file alone, wherever it lies. */
const isRelative = (folders: readonly string[]): boolean =>
  folders.every((folder) => /^\$(?:ORIGIN|\{ORIGIN\})(?:\/|$)/u.test(folder));

/**
 * As long, with the last name alone: "/home/ada/3.11.7" becomes "/////////3.11.7". That name stays because linkers let
 * texts share their ends, and Python's version may well be the end of the folder's name.
 */
export function neutralPrefix(prefix: string): string {
  const name = prefix.slice(prefix.lastIndexOf("/") + 1);
  return "/".repeat(Buffer.byteLength(prefix) - Buffer.byteLength(name)) + name;
}

function replacePrefix(bytes: Buffer, prefix: string): void {
  const neutral = neutralPrefix(prefix);
  for (let at = bytes.indexOf(prefix); at !== -1; at = bytes.indexOf(prefix, at + 1)) {
    bytes.write(neutral, at, "utf8");
  }
}

/** e_shoff, e_shnum and e_shstrndx: no section headers. */
function forgetSections(bytes: Buffer): void {
  bytes.writeBigUInt64LE(0n, 40);
  bytes.writeUInt16LE(0, 60);
  bytes.writeUInt16LE(0, 62);
}
