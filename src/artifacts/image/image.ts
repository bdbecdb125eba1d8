import type { Layer } from "./layers/layer.ts";
import type { Blob } from "./oci/blob.ts";
import type { Descriptor, OciPlatform } from "./oci/descriptor.ts";

/** An image, every blob of it at hand. */
export interface Image {
  readonly platform: OciPlatform;
  readonly manifest: Blob;
  readonly config: Blob;
  /** The base's first. */
  readonly layers: readonly Layer[];
  /** What is attached to it: manifests whose subject it is. */
  readonly referrers: readonly Referrer[];
}

export interface Referrer {
  /** Of its manifest, with the kind of what it holds. */
  readonly descriptor: Descriptor;
  /** Its manifest and what that names. */
  readonly blobs: readonly Blob[];
}

/** A document about an image: a bill of materials, a provenance. */
export interface Attachment {
  /** What kind it is: "application/vnd.cyclonedx+json", "application/vnd.in-toto+json". */
  readonly mediaType: string;
  readonly fileName: string;
  readonly text: string;
}
