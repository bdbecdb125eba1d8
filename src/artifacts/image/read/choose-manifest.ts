import { mediaTypes, type Descriptor, type OciPlatform } from "../oci/descriptor.ts";
import { descriptorOf, jsonBlobOf } from "./checked-json.ts";
import type { ImageFiles } from "./image-files.ts";
import { listOf, recordOf, textOf, type Json } from "./json.ts";
import { unreadableImage } from "./unreadable.ts";

export interface Wanted {
  readonly tag: string | null;
  readonly platform: OciPlatform;
}

const refName = "org.opencontainers.image.ref.name";
const indexTypes = new Set<string>([
  mediaTypes.index,
  "application/vnd.docker.distribution.manifest.list.v2+json",
]);
const manifestTypes = new Set<string>([
  mediaTypes.manifest,
  "application/vnd.docker.distribution.manifest.v2+json",
]);
const mostManifests = 1000;
const deepest = 3;

/**
 * The one image that an index holds for a tag and a platform, with its manifest; what is attached to others is none.
 * Throws ToolError IMAGE_UNREADABLE where there is none, or more than one.
 */
export function chooseManifest(
  files: ImageFiles,
  image: string,
  index: unknown,
  wanted: Wanted,
): { readonly descriptor: Descriptor; readonly manifest: Json } {
  const listed = manifestsIn(index, image);
  const tagged =
    wanted.tag === null
      ? listed
      : listed.filter(({ annotations }) => isTag(annotations?.[refName], wanted.tag ?? ""));
  if (tagged.length === 0) {
    throw unreadableImage(
      image,
      wanted.tag === null ? "its index is empty" : `nothing in it is named ${wanted.tag}${namesText(listed)}`,
    );
  }
  const found = tagged.flatMap((descriptor) => imagesIn(files, image, descriptor, 1));
  const fitting = found.filter(({ platform }) => platform === undefined || fits(platform, wanted.platform));
  const different = [...new Map(fitting.map((one) => [one.digest, one])).values()];
  const loaded = different
    .map((descriptor) => ({ descriptor, manifest: jsonBlobOf(files, image, descriptor) }))
    .filter(({ manifest }) => isImage(manifest));
  const [one, ...others] = loaded;
  if (one === undefined) {
    const { architecture, os } = wanted.platform;
    throw unreadableImage(image, `it holds no image for ${os} on ${architecture}`);
  }
  if (others.length > 0) {
    throw unreadableImage(image, `it holds ${loaded.length} images, and none was named${namesText(listed)}`);
  }
  return one;
}

function manifestsIn(index: unknown, image: string): readonly Descriptor[] {
  const listed = listOf(recordOf(index)["manifests"]);
  if (listed.length > mostManifests)
    throw unreadableImage(image, `an index in it lists more than ${mostManifests} manifests`);
  return listed.map((value) => descriptorOf(value, image));
}

/** The image manifests below a descriptor, through indexes. */
function imagesIn(
  files: ImageFiles,
  image: string,
  descriptor: Descriptor,
  depth: number,
): readonly Descriptor[] {
  const { mediaType, artifactType, annotations } = descriptor;
  if (artifactType !== undefined || annotations?.["vnd.docker.reference.type"] !== undefined) return [];
  if (manifestTypes.has(mediaType)) return [descriptor];
  if (!indexTypes.has(mediaType)) return [];
  if (depth > deepest) throw unreadableImage(image, `indexes in it lie more than ${deepest} deep`);
  const inner = manifestsIn(jsonBlobOf(files, image, descriptor), image);
  return inner.flatMap((one) => imagesIn(files, image, one, depth + 1));
}

/** A manifest of something else has another config, or says what it is about. */
function isImage(manifest: Json): boolean {
  const type = textOf(recordOf(manifest["config"])["mediaType"]) ?? "";
  return (
    manifest["subject"] === undefined &&
    /^application\/vnd\.(?:oci\.image\.config|docker\.container\.image)\.v1\+json$/u.test(type)
  );
}

const fits = (given: OciPlatform, wanted: OciPlatform): boolean =>
  given.os === wanted.os && given.architecture === wanted.architecture;

/** A tag may be a whole name ("host/demo:latest"), its end ("demo:latest", "demo"), or what stands behind its colon. */
export function isTag(name: string | undefined, tag: string): boolean {
  const ends = [`:${tag}`, `/${tag}`, `/${tag}:latest`];
  return name === tag || name === `${tag}:latest` || ends.some((end) => name?.endsWith(end) === true);
}

function namesText(listed: readonly Descriptor[]): string {
  const names = listed.flatMap(({ annotations }) => annotations?.[refName] ?? []);
  return names.length === 0 ? "" : `; it names ${names.slice(0, 10).join(", ")}`;
}
