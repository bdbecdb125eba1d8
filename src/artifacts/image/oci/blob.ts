import { sha256 } from "../../../system/index.ts";
import type { Content } from "../../tree/member.ts";
import type { Descriptor } from "./descriptor.ts";

/** A blob with its bytes, or where they lie. */
export interface Blob {
  readonly descriptor: Descriptor;
  readonly content: Content;
}

export function bytesBlob(mediaType: string, bytes: Buffer): Blob {
  return {
    descriptor: { mediaType, digest: `sha256:${sha256(bytes)}`, size: bytes.length },
    content: { bytes },
  };
}

/** The value as JSON in the order of its keys; what is undefined is left out. */
export function jsonBlob(mediaType: string, value: unknown): Blob {
  return bytesBlob(mediaType, Buffer.from(JSON.stringify(value)));
}
