import { createHmac, randomBytes, timingSafeEqual } from "node:crypto";
import { ToolError } from "../model/index.ts";
import { cacheDirectory, createOnce, exists, readText } from "../system/index.ts";

/**
 * Marks what this user's Rung wrote (HMAC-SHA256 with a key of the user's own, kept in the cache), so that a .rung/ that
 * came with a stranger's project cannot tell of proofs that were never made here.
 */
export interface Seal {
  close(text: string): string;
  /** The text that was sealed; null where the seal is not ours. */
  open(sealed: string): string | null;
}

export function ownSeal(): Seal {
  let key: Buffer | null = null;
  const seal = (text: string): Buffer => {
    key ??= ownKey();
    return createHmac("sha256", key).update(text).digest();
  };
  return {
    close: (text) => `${seal(text).toString("hex")} ${text}`,
    open(sealed) {
      const text = sealed.slice(65);
      const given = Buffer.from(sealed.slice(0, 64), "hex");
      const right = seal(text);
      return given.length === right.length && timingSafeEqual(given, right) ? text : null;
    },
  };
}

function ownKey(): Buffer {
  const file = cacheDirectory("seal.key");
  try {
    if (!exists(file)) createOnce(file, `${randomBytes(32).toString("hex")}\n`, 0o600);
    return Buffer.from(readText(file).trim(), "hex");
  } catch (error) {
    if (!(error instanceof ToolError)) throw error;
    // Where no key can be kept (a full disk, a read-only cache), what is written now counts for this process alone.
    return randomBytes(32);
  }
}
