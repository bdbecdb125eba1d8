import { sha256 } from "../../../system/index.ts";
import type { Descriptor, OciPlatform } from "../oci/descriptor.ts";
import { hexOf } from "../oci/descriptor.ts";
import type { ImageFiles } from "./image-files.ts";
import { mostJsonBytes } from "./image-limits.ts";
import { recordOf, textOf, type Json } from "./json.ts";
import { unreadableImage } from "./unreadable.ts";

export const isDigest = (text: string | null): text is string =>
  text !== null && /^sha256:[0-9a-f]{64}$/u.test(text);

/** The JSON of a file, and the bytes it stands in; null where there is no such file. */
export function jsonFile(
  files: ImageFiles,
  image: string,
  name: string,
): { readonly value: unknown; readonly bytes: Buffer } | null {
  using file = files.open(name);
  if (file === null) return null;
  if (file.size > mostJsonBytes) throw unreadableImage(image, `${name} has more than ${mostJsonBytes} bytes`);
  const bytes = Buffer.alloc(file.size);
  let filled = 0;
  for (let read = file.read(bytes); read > 0; read = file.read(bytes.subarray(filled))) filled += read;
  try {
    return { value: JSON.parse(bytes.toString("utf8")), bytes };
  } catch (cause) {
    throw unreadableImage(image, `${name} is no JSON`, cause);
  }
}

/** The JSON of a blob of the layout, its size and digest checked. */
export function jsonBlobOf(files: ImageFiles, image: string, { digest, size }: Descriptor): Json {
  const found = jsonFile(files, image, blobName(digest));
  if (found === null) throw unreadableImage(image, `the blob ${digest} is missing`);
  if (found.bytes.length !== size) {
    throw unreadableImage(
      image,
      `the blob ${digest} has ${found.bytes.length} bytes, and ${size} are stated`,
    );
  }
  const actual = `sha256:${sha256(found.bytes)}`;
  if (actual !== digest) throw unreadableImage(image, `the blob ${digest} has the digest ${actual}`);
  return recordOf(found.value);
}

export const blobName = (digest: string): string => `blobs/sha256/${hexOf(digest)}`;

/** A descriptor, its fields checked. */
export function descriptorOf(value: unknown, image: string): Descriptor {
  const said = recordOf(value);
  const [mediaType, digest, size] = [textOf(said["mediaType"]), textOf(said["digest"]), said["size"]];
  if (mediaType === null) throw unreadableImage(image, "a descriptor in it has no media type");
  if (!isDigest(digest)) {
    throw unreadableImage(image, `"${digest ?? ""}" in it is no sha256 digest`);
  }
  if (typeof size !== "number" || !Number.isSafeInteger(size) || size < 0) {
    throw unreadableImage(image, `the size of ${digest} is no number`);
  }
  const artifactType = textOf(said["artifactType"]);
  const annotations = textMap(said["annotations"]);
  const platform = platformOf(said["platform"]);
  return {
    mediaType,
    digest,
    size,
    ...(artifactType === null ? {} : { artifactType }),
    ...(annotations === null ? {} : { annotations }),
    ...(platform === null ? {} : { platform }),
  };
}

/** Architecture and system as a config or a descriptor states them; null where it does not. */
export function platformOf(value: unknown): OciPlatform | null {
  const said = recordOf(value);
  const [architecture, os, variant] = [said["architecture"], said["os"], said["variant"]].map(textOf);
  if (typeof architecture !== "string" || typeof os !== "string") return null;
  return { architecture, os, ...(typeof variant === "string" ? { variant } : {}) };
}

function textMap(value: unknown): Readonly<Record<string, string>> | null {
  const entries = Object.entries(recordOf(value)).filter(
    (entry): entry is [string, string] => typeof entry[1] === "string",
  );
  return entries.length === 0 ? null : Object.fromEntries(entries);
}
