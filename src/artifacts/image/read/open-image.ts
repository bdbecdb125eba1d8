import { exists } from "../../../system/index.ts";
import type { Descriptor, OciPlatform } from "../oci/descriptor.ts";
import { descriptorOf, jsonBlobOf, jsonFile } from "./checked-json.ts";
import { chooseManifest, type Wanted } from "./choose-manifest.ts";
import { configPlatform, withDiffIds } from "./config-layers.ts";
import { savedImage } from "./docker-save.ts";
import type { ImageFiles } from "./image-files.ts";
import { listOf } from "./json.ts";
import { openBlob } from "./open-blob.ts";
import { openImageFiles } from "./open-files.ts";
import type { StoredImage, StoredLayer } from "./stored-image.ts";
import { unreadableImage } from "./unreadable.ts";

/** This machine's platform, as images name it. */
export const thisOciPlatform = (): OciPlatform => ({
  architecture: process.arch === "x64" ? "amd64" : process.arch,
  os: "linux",
});

/**
 * Opens an image on disk: "PATH" or "PATH:TAG" of an OCI layout folder, an archive of one, or what docker save wrote.
 * Manifest and config are checked against their digests and sizes; layers are when they are read.
 * Throws ToolError PATH_UNREADABLE, IMAGE_UNREADABLE, UNSAFE_ARCHIVE or DISK_FULL. The caller disposes of it.
 */
export async function openImage(
  reference: string,
  platform: OciPlatform = thisOciPlatform(),
): Promise<StoredImage> {
  const { place, tag } = splitReference(reference);
  const files = await openImageFiles(place);
  try {
    return { ...read(files, reference, { tag, platform }), [Symbol.dispose]: () => files[Symbol.dispose]() };
  } catch (error) {
    files[Symbol.dispose]();
    throw error;
  }
}

/** The shortest beginning that is there is the path; the tag is what follows its colon. */
export function splitReference(reference: string): { readonly place: string; readonly tag: string | null } {
  const plain = reference.replace(/^(?:oci|oci-archive|docker-archive):/u, "");
  for (let colon = plain.indexOf(":"); colon > 0; colon = plain.indexOf(":", colon + 1)) {
    if (exists(plain.slice(0, colon))) return { place: plain.slice(0, colon), tag: plain.slice(colon + 1) };
  }
  return { place: plain, tag: null };
}

function read(files: ImageFiles, name: string, wanted: Wanted): Omit<StoredImage, typeof Symbol.dispose> {
  const index = jsonFile(files, name, "index.json");
  if (index === null) return savedImage(files, name, wanted);
  const { descriptor, manifest } = chooseManifest(files, name, index.value, wanted);
  const configDescriptor = descriptorOf(manifest["config"], name);
  const config = jsonBlobOf(files, name, configDescriptor);
  const blobs = listOf(manifest["layers"]).map((value) => descriptorOf(value, name));
  const layers = withDiffIds(name, config, blobs.length).map(({ diffId, what }, at): StoredLayer => {
    const blob = blobs[at] ?? configDescriptor;
    return { what, diffId, ...layerBlob(files, name, blob) };
  });
  return {
    name,
    digest: descriptor.digest,
    configDigest: configDescriptor.digest,
    platform: configPlatform(config, name),
    manifest,
    config,
    layers,
  };
}

const layerTypes =
  /^application\/vnd\.(?:oci\.image\.layer\.v1\.tar(?:\+gzip|\+zstd)?|docker\.image\.rootfs\.diff\.tar(?:\.gzip|\.zstd)?)$/u;

function layerBlob(
  files: ImageFiles,
  image: string,
  { mediaType, digest, size }: Descriptor,
): Pick<StoredLayer, "mediaType" | "digest" | "size" | "open"> {
  if (!layerTypes.test(mediaType)) {
    throw unreadableImage(image, `a layer of the media type ${mediaType.slice(0, 100)} is not known here`);
  }
  return {
    mediaType,
    digest,
    size,
    open: () => openBlob(files, image, { digest, size }),
  };
}
