import type { Blob } from "../oci/blob.ts";

/** One layer of an image that is written. */
export interface Layer extends Blob {
  /** What is in it, in words. */
  readonly what: string;
  /** The digest of its tar, uncompressed ("sha256:…"): the blob's own digest where the blob is not compressed. */
  readonly diffId: string;
  /** Whether it lay in the cache. */
  readonly reused: boolean;
}
