import { ToolError } from "../../../../model/index.ts";
import { sha256 } from "../../../../system/index.ts";
import { bytesReader } from "../../../tree/bytes-reader.ts";
import type { Descriptor, OciPlatform } from "../../oci/descriptor.ts";
import { blobName, descriptorOf } from "../../read/checked-json.ts";
import { chooseManifest } from "../../read/choose-manifest.ts";
import type { ImageFiles } from "../../read/image-files.ts";
import { mostJsonBytes } from "../../read/image-limits.ts";
import { listOf, recordOf, textOf, type Json } from "../../read/json.ts";
import { anyManifest, indexTypes, manifestTypes } from "../media-types.ts";
import { referenceText } from "../reference.ts";
import type { Registry } from "../registry.ts";

/** A manifest as a registry serves it, and the one image in it that was wanted. */
export interface FetchedManifest {
  /** What the reference leads to, an index perhaps: the digest to pin it by. */
  readonly pinned: string;
  readonly descriptor: Descriptor;
  readonly bytes: Buffer;
  readonly content: Json;
}

const deepest = 3;
const mostFetched = 50;

/**
 * The manifest of the image for a platform that a reference leads to, through indexes. Every answer is checked against the
 * digest that named it. Throws ToolError REGISTRY_FAILED, DOWNLOAD_FAILED, NETWORK_UNAVAILABLE or IMAGE_UNREADABLE.
 */
export async function fetchManifest(registry: Registry, platform: OciPlatform): Promise<FetchedManifest> {
  const { reference } = registry;
  const name = referenceText(reference);
  const fetched = new Map<string, Buffer>();
  const top = await fetchOne(registry, reference.digest ?? reference.tag ?? "latest", reference.digest);
  fetched.set(top.descriptor.digest, top.bytes);

  const descend = async (descriptor: Descriptor, bytes: Buffer, depth: number): Promise<void> => {
    if (!indexTypes.includes(descriptor.mediaType) || depth > deepest) return;
    for (const value of listOf(parse(bytes, name)["manifests"])) {
      const one = descriptorOf(value, name);
      if (fetched.has(one.digest) || !isWanted(one, platform)) continue;
      if (fetched.size > mostFetched)
        throw strange(registry, `lists more than ${mostFetched} manifests to choose from`);
      const inner = await fetchOne(registry, one.digest, one.digest);
      fetched.set(one.digest, inner.bytes);
      await descend(one, inner.bytes, depth + 1);
    }
  };
  await descend(top.descriptor, top.bytes, 1);
  const index = { manifests: [top.descriptor] };
  const { descriptor, manifest } = chooseManifest(filesOf(fetched), name, index, { tag: null, platform });
  return {
    pinned: top.descriptor.digest,
    descriptor,
    bytes: fetched.get(descriptor.digest) ?? top.bytes,
    content: manifest,
  };
}

function isWanted(
  { mediaType, platform, artifactType, annotations }: Descriptor,
  wanted: OciPlatform,
): boolean {
  if (artifactType !== undefined || annotations?.["vnd.docker.reference.type"] !== undefined) return false;
  if (indexTypes.includes(mediaType)) return true;
  const fits =
    platform === undefined || (platform.os === wanted.os && platform.architecture === wanted.architecture);
  return manifestTypes.includes(mediaType) && fits;
}

async function fetchOne(
  registry: Registry,
  name: string,
  expected: string | null,
): Promise<{ readonly descriptor: Descriptor; readonly bytes: Buffer }> {
  const url = registry.addresses.of(`manifests/${name}`);
  const answer = await registry.ask(url, { headers: { accept: anyManifest } });
  if (answer.status !== 200) throw await registry.refuse(answer, url);
  const bytes = await registry.body(answer, url, mostJsonBytes);
  const digest = `sha256:${sha256(bytes)}`;
  const stated = expected ?? answer.headers.get("docker-content-digest");
  if (stated !== null && stated.startsWith("sha256:") && stated !== digest) {
    throw new ToolError(
      "DOWNLOAD_FAILED",
      `${registry.reference.host} serves a manifest with the digest ${digest} as ${stated}`,
      {
        hint: "The registry or something before it serves another image under this name. Nothing of it was used.",
      },
    );
  }
  const said = textOf(parse(bytes, name)["mediaType"]);
  const mediaType = said ?? (answer.headers.get("content-type") ?? "").split(";")[0]?.trim() ?? "";
  if (manifestTypes.includes(mediaType) || indexTypes.includes(mediaType)) {
    return { descriptor: { mediaType, digest, size: bytes.length }, bytes };
  }
  throw strange(registry, `serves something of the type "${mediaType.slice(0, 100)}", which is no image`);
}

function parse(bytes: Buffer, name: string): Json {
  try {
    return recordOf(JSON.parse(bytes.toString("utf8")));
  } catch (cause) {
    throw new ToolError("REGISTRY_FAILED", `What the registry serves as ${name} is no JSON`, { cause });
  }
}

const strange = (registry: Registry, what: string): ToolError =>
  new ToolError("REGISTRY_FAILED", `${registry.reference.host} ${what}`, { hint: "Check the name." });

/** What was fetched, as a layout would hold it. */
function filesOf(fetched: ReadonlyMap<string, Buffer>): ImageFiles {
  const named = new Map([...fetched].map(([digest, bytes]) => [blobName(digest), bytes]));
  return {
    open(name) {
      const bytes = named.get(name);
      return bytes === undefined ? null : bytesReader(bytes);
    },
    [Symbol.dispose]() {},
  };
}
