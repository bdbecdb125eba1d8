import type { Descriptor } from "../../oci/descriptor.ts";
import { blobName, descriptorOf, jsonBlobOf, jsonFile } from "../../read/checked-json.ts";
import { chooseManifest, isTag } from "../../read/choose-manifest.ts";
import type { ImageFiles } from "../../read/image-files.ts";
import { openBlob } from "../../read/open-blob.ts";
import { listOf, recordOf, textOf, type Json } from "../../read/json.ts";
import type { OciPlatform } from "../../oci/descriptor.ts";
import { unreadableImage } from "../../read/unreadable.ts";
import { indexTypes, manifestTypes } from "../media-types.ts";
import { referenceText, parseReference } from "../reference.ts";
import type { Sendable } from "./sendable.ts";

/** A manifest or an index, its bytes checked. */
export interface ManifestToPush {
  readonly descriptor: Descriptor;
  readonly bytes: Buffer;
  readonly content: Json;
}

/** What is to be sent of an image: first the blobs, then manifests in this order, the last of which gets the tag. */
export interface ImageToPush {
  readonly blobs: readonly Sendable[];
  readonly manifests: readonly ManifestToPush[];
  /** Those whose subject is one of the manifests. */
  readonly referrers: readonly ManifestToPush[];
}

const deepest = 3;
const mostManifests = 200;

/**
 * Reads what is to be sent of a stored image. The one thing that its index names (by `tag`, where one is given) goes whole,
 * for all its platforms; where it names several, the one for `platform`. What is attached to it goes along.
 * Throws ToolError IMAGE_UNREADABLE.
 */
export function imageToPush(
  files: ImageFiles,
  image: string,
  { tag, platform }: { readonly tag: string | null; readonly platform: OciPlatform | null },
  fallback: OciPlatform,
): ImageToPush {
  const index = jsonFile(files, image, "index.json");
  if (index === null) {
    throw unreadableImage(image, "it has no index.json, as what docker save writes before version 25");
  }
  const listed = listOf(recordOf(index.value)["manifests"]).map((value) => descriptorOf(value, image));
  const read = (descriptor: Descriptor): ManifestToPush => {
    const content = jsonBlobOf(files, image, descriptor);
    return {
      descriptor,
      content,
      bytes: jsonFile(files, image, blobName(descriptor.digest))?.bytes ?? Buffer.alloc(0),
    };
  };
  const known = listed
    .slice(0, mostManifests)
    .filter(({ mediaType }) => isManifest(mediaType))
    .map(read);
  const referrers = known.filter(({ content }) => subjectOf(content) !== null);
  const named = known.filter(
    ({ content, descriptor }) =>
      subjectOf(content) === null &&
      (tag === null || isTag(descriptor.annotations?.["org.opencontainers.image.ref.name"], tag)),
  );
  const [only, ...others] = named;
  const top =
    platform === null && only !== undefined && others.length === 0
      ? only
      : read(chooseManifest(files, image, index.value, { tag, platform: platform ?? fallback }).descriptor);
  const manifests = below(top, read, image, 1);
  const attached = attachedTo(manifests, referrers);
  const seen = new Map<string, Sendable>();
  for (const { content } of [...manifests, ...attached]) {
    for (const blob of blobsIn(content, files, image)) seen.set(blob.digest, blob);
  }
  return { blobs: [...seen.values()], manifests, referrers: attached };
}

const isManifest = (mediaType: string): boolean =>
  manifestTypes.includes(mediaType) || indexTypes.includes(mediaType);

export const subjectOf = (manifest: Json): string | null => textOf(recordOf(manifest["subject"])["digest"]);

/** The manifests below one, and it behind them: a registry takes none whose parts it lacks. */
function below(
  top: ManifestToPush,
  read: (descriptor: Descriptor) => ManifestToPush,
  image: string,
  depth: number,
): readonly ManifestToPush[] {
  if (!indexTypes.includes(top.descriptor.mediaType)) return [top];
  const inner = listOf(top.content["manifests"]);
  if (depth > deepest || inner.length > mostManifests)
    throw unreadableImage(image, "its index is too deep or too long");
  return [...inner.flatMap((value) => below(read(descriptorOf(value, image)), read, image, depth + 1)), top];
}

/** Those that are about one of the manifests, or about one of those. */
function attachedTo(
  manifests: readonly ManifestToPush[],
  referrers: readonly ManifestToPush[],
): readonly ManifestToPush[] {
  const found = new Set<ManifestToPush>();
  const digests = new Set(manifests.map(({ descriptor }) => descriptor.digest));
  for (let before = -1; before !== found.size;) {
    before = found.size;
    for (const one of referrers) {
      if (!digests.has(subjectOf(one.content) ?? "")) continue;
      found.add(one);
      digests.add(one.descriptor.digest);
    }
  }
  return [...found];
}

/** Config and layers of a manifest; layers may be in the repository of the image that this one stands on. */
function blobsIn(manifest: Json, files: ImageFiles, image: string): readonly Sendable[] {
  const base = baseRepository(manifest);
  const blob = (value: unknown, name: string, mayBeIn: readonly string[]): Sendable => {
    const { digest, size, annotations } = descriptorOf(value, image);
    return {
      name: annotations?.["org.opencontainers.image.title"] ?? name,
      digest,
      size,
      mayBeIn,
      open: () => openBlob(files, image, { digest, size }),
    };
  };
  const layers = listOf(manifest["layers"]);
  return [
    ...(manifest["config"] === undefined ? [] : [blob(manifest["config"], "config", [])]),
    ...layers.map((value, at) => blob(value, `layer ${at + 1} of ${layers.length}`, base)),
  ];
}

/** "HOST/NAME" of the base that an image names (org.opencontainers.image.base.name). */
function baseRepository(manifest: Json): readonly string[] {
  const name = textOf(recordOf(manifest["annotations"])["org.opencontainers.image.base.name"]);
  try {
    return name === null ? [] : [referenceText({ ...parseReference(name), tag: null, digest: null })];
  } catch {
    return [];
  }
}
