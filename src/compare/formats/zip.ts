import { Buffer } from "node:buffer";
import { largestUnpacked } from "./limits.ts";

/**
 * A zip's members by name. Null where it is broken or hostile: a name that comes twice, an encrypted member, more than
 * 10,000 members, or 256 MB in all when unpacked.
 */
export async function readZip(bytes: Uint8Array): Promise<ReadonlyMap<string, Uint8Array> | null> {
  const { fromBufferPromise } = await import("yauzl");
  const members = new Map<string, Uint8Array>();
  let total = 0;
  try {
    const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const zip = await fromBufferPromise(buffer, { lazyEntries: true, autoClose: false });
    if (zip.comment !== "" || zip.entryCount > 10_000) return null;
    for await (const entry of zip.eachEntry()) {
      if (members.has(entry.fileName) || entry.isEncrypted()) return null;
      total += entry.uncompressedSize;
      if (total > largestUnpacked) return null;
      const parts: Uint8Array[] = [];
      for await (const chunk of await zip.openReadStreamPromise(entry)) {
        if (chunk instanceof Uint8Array) parts.push(chunk);
      }
      members.set(entry.fileName, Buffer.concat(parts));
    }
    return members;
  } catch {
    return null;
  }
}
