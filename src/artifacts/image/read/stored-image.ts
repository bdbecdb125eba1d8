import type { OciPlatform } from "../oci/descriptor.ts";
import type { FileFrom } from "./image-files.ts";
import type { Json } from "./json.ts";

/** Somebody's image on disk: its JSON is checked against its digests; a layer's content is when it is read. */
export interface StoredImage extends Disposable {
  /** As it was asked for. */
  readonly name: string;
  /** Of the manifest ("sha256:…"); null where none is kept, as in what docker save wrote before version 25. */
  readonly digest: string | null;
  /** What engines call the image's id. */
  readonly configDigest: string;
  readonly platform: OciPlatform;
  readonly manifest: Json | null;
  readonly config: Json;
  /** The lowest first. */
  readonly layers: readonly StoredLayer[];
}

export interface StoredLayer {
  /** What its history says made it; "" where that says nothing. */
  readonly what: string;
  readonly mediaType: string;
  /** Of the blob as it is stored; null where nothing states it. */
  readonly digest: string | null;
  /** Bytes of the blob as it is stored. */
  readonly size: number;
  /** The digest of the tar in it. */
  readonly diffId: string;
  /** The blob as it is stored, unchecked. */
  open(): FileFrom;
}
