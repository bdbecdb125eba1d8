/** What names a blob (OCI image-spec v1.1, descriptor.md). */
export interface Descriptor {
  readonly mediaType: string;
  /** "sha256:" and 64 hex digits. */
  readonly digest: string;
  /** Bytes. */
  readonly size: number;
  readonly artifactType?: string;
  readonly annotations?: Readonly<Record<string, string>>;
  readonly platform?: OciPlatform;
}

/** A platform in the words of the image specification, which are Go's. */
export interface OciPlatform {
  readonly architecture: string;
  readonly os: string;
  readonly variant?: string;
}

export const mediaTypes = {
  index: "application/vnd.oci.image.index.v1+json",
  manifest: "application/vnd.oci.image.manifest.v1+json",
  config: "application/vnd.oci.image.config.v1+json",
  layer: "application/vnd.oci.image.layer.v1.tar",
  empty: "application/vnd.oci.empty.v1+json",
} as const;

export const hexOf = (digest: string): string => digest.slice(digest.indexOf(":") + 1);
