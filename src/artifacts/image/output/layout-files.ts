import type { Member } from "../../tree/member.ts";
import type { Image } from "../image.ts";
import { imageName } from "./image-name.ts";
import type { Blob } from "../oci/blob.ts";
import { hexOf, mediaTypes, type Descriptor } from "../oci/descriptor.ts";

/** All blobs of an image, each once. */
function blobsOf({ manifest, config, layers, referrers }: Image): readonly Blob[] {
  const all = [...layers, config, manifest, ...referrers.flatMap(({ blobs }) => blobs)];
  return [...new Map(all.map((blob) => [blob.descriptor.digest, blob])).values()];
}

/** The manifests of an image as an index lists them: the image's own, then what refers to it. */
function indexEntries(image: Image, tag: string | null): readonly Descriptor[] {
  const named = tag === null ? {} : { annotations: { "org.opencontainers.image.ref.name": imageName(tag) } };
  return [
    { ...image.manifest.descriptor, ...named, platform: image.platform },
    ...image.referrers.map(({ descriptor }) => descriptor),
  ];
}

/**
 * The files of an image layout (OCI image-spec v1.1, image-layout.md), blobs apart from JSON. With `manifest.json`, which
 * older readers of archives ask for (Docker before 25), one archive serves all.
 */
export function layoutFiles(image: Image, tag: string | null): readonly Member[] {
  const index = { schemaVersion: 2, mediaType: mediaTypes.index, manifests: indexEntries(image, tag) };
  const blobPath = ({ descriptor }: Blob): string => `blobs/sha256/${hexOf(descriptor.digest)}`;
  const saved = [
    {
      Config: blobPath(image.config),
      RepoTags: tag === null ? null : [imageName(tag)],
      Layers: image.layers.map(blobPath),
    },
  ];
  return [
    folder("blobs"),
    folder("blobs/sha256"),
    ...blobsOf(image).map((blob) => ({
      path: blobPath(blob),
      kind: "file" as const,
      mode: 0o644,
      content: blob.content,
    })),
    json("index.json", index),
    json("manifest.json", saved),
    json("oci-layout", { imageLayoutVersion: "1.0.0" }),
  ];
}

const folder = (path: string): Member => ({ path, kind: "directory", mode: 0o755, content: null });

const json = (path: string, value: unknown): Member => ({
  path,
  kind: "file",
  mode: 0o644,
  content: { bytes: Buffer.from(JSON.stringify(value)) },
});
