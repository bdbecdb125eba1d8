import type { Layer } from "../layers/layer.ts";
import type { OciPlatform } from "../oci/descriptor.ts";

/** An image that another one stands on, every blob of it checked and at hand. */
export interface BaseImage {
  /** As it was asked for: a file, a reference. */
  readonly name: string;
  /** Of its manifest, "sha256:…". */
  readonly digest: string;
  readonly platform: OciPlatform;
  readonly layers: readonly Layer[];
  readonly history: readonly Readonly<Record<string, unknown>>[];
  /** "NAME=value". */
  readonly variables: readonly string[];
}

/** Where a base comes from: a file, a registry, a bootstrap. Blobs are put below `cache`, once. */
export interface BaseSource {
  open(wanted: { readonly platform: OciPlatform; readonly cache: string }): Promise<BaseImage>;
}
