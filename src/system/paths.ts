/** POSIX file names are bytes; ours are strings. A byte that is not UTF-8 becomes the lone surrogate U+DC00 + byte, and
 *  back, as PEP 383 does it, so that every name survives and JSON can carry it. */
import path from "node:path";

const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** The string for a file name's bytes. */
export function decodeName(name: Buffer): string {
  try {
    return decoder.decode(name);
  } catch {
    return decodeBytewise(name);
  }
}

function decodeBytewise(name: Buffer): string {
  let text = "";
  let at = 0;
  while (at < name.length) {
    const length = [1, 2, 3, 4].find((n) => isUtf8(name.subarray(at, at + n)));
    if (length === undefined) {
      text += String.fromCharCode(0xdc00 + (name[at] ?? 0));
      at += 1;
    } else {
      text += name.toString("utf8", at, at + length);
      at += length;
    }
  }
  return text;
}

function isUtf8(bytes: Buffer): boolean {
  try {
    return decoder.decode(bytes).length > 0;
  } catch {
    return false;
  }
}

const surrogate = /[\udc80-\udcff]/u;

/** What to hand to the file system for a path made by decodeName: the string itself, or its bytes where it has any. */
export function toNative(filePath: string): string | Buffer {
  if (!surrogate.test(filePath)) return filePath;
  const parts = Array.from(filePath, (char) => {
    const code = char.charCodeAt(0);
    const isByte = char.length === 1 && code >= 0xdc80 && code <= 0xdcff;
    return isByte ? Buffer.from([code - 0xdc00]) : Buffer.from(char, "utf8");
  });
  return Buffer.concat(parts);
}

/** Joins with forward slashes; "." and empty parts vanish. */
export function joinPath(...parts: string[]): string {
  return path.posix.join(...parts);
}

/** True where `inner` is `outer` or lies below it; both absolute. */
export function isInside(outer: string, inner: string): boolean {
  const relative = path.relative(outer, inner);
  return relative === "" || (!relative.startsWith("..") && !path.isAbsolute(relative));
}
