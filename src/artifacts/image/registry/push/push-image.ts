import { each } from "../../../../lock/index.ts";
import { ToolError } from "../../../../model/index.ts";
import { temporaryDirectory } from "../../../../system/index.ts";
import type { Compressor } from "../../../archive/compressed-pieces.ts";
import { transferReport } from "../../../wheels/transfer-report.ts";
import type { OciPlatform } from "../../oci/descriptor.ts";
import { openImageFiles } from "../../read/open-files.ts";
import { splitReference, thisOciPlatform } from "../../read/open-image.ts";
import { anyManifest } from "../media-types.ts";
import { parseReference, referenceText } from "../reference.ts";
import { openRegistry, type Registry, type RegistryOptions } from "../registry.ts";
import { compressLayers } from "./compress-layers.ts";
import { imageToPush, type ImageToPush, type ManifestToPush } from "./image-to-push.ts";
import { pushBlob, type Sent } from "./push-blob.ts";
import { pushReferrers } from "./push-referrers.ts";

export interface PushOptions extends RegistryOptions {
  /** The one image to send of several; all that the name stands for where null. */
  readonly platform: OciPlatform | null;
  /** Compresses layers on the way, which gives manifests another digest; null leaves all as it is. */
  readonly compress: Compressor | null;
}

export interface PushedImage {
  readonly reference: string;
  /** What to write down: the name with the digest. */
  readonly pinned: string;
  readonly digest: string;
  /** The digest of what was given, where it was compressed on the way. */
  readonly uncompressedDigest: string | null;
  /** That were sent, of blobs. */
  readonly bytes: number;
  readonly blobs: readonly {
    readonly digest: string;
    readonly bytes: number;
    readonly name: string;
    readonly how: Sent;
  }[];
  readonly referrers: readonly { readonly digest: string; readonly artifactType: string }[];
}

/**
 * Sends a stored image ("PATH" or "PATH:TAG", as `openImage` takes them) to a registry, with what is attached to it. What
 * the registry has is not sent; a tag that already leads to the image costs one question. Its digest stays the same.
 * Throws ToolError REGISTRY_FAILED, NETWORK_UNAVAILABLE, IMAGE_UNREADABLE, UNSAFE_ARCHIVE or USAGE.
 */
export async function pushImage(
  stored: string,
  reference: string,
  options: PushOptions,
): Promise<PushedImage> {
  const to = parseReference(reference);
  const { place, tag } = splitReference(stored);
  using files = await openImageFiles(place);
  const image = imageToPush(files, stored, { tag, platform: options.platform }, thisOciPlatform());
  if (options.compress === null) return await pushParts(image, to, options);
  using room = temporaryDirectory("push");
  const smaller = await compressLayers(image, options.compress, room.path, options.progress);
  const pushed = await pushParts(smaller, to, options);
  return { ...pushed, uncompressedDigest: image.manifests.at(-1)?.descriptor.digest ?? null };
}

async function pushParts(
  image: ImageToPush,
  to: ReturnType<typeof parseReference>,
  options: PushOptions,
): Promise<PushedImage> {
  const top = image.manifests.at(-1);
  if (top === undefined) throw new Error("an image without a manifest");
  const { digest } = top.descriptor;
  if (to.digest !== null && to.digest !== digest) {
    throw new ToolError("USAGE", `The image has the digest ${digest}, and not the one that was given`, {
      hint: "Leave the digest out of the name.",
    });
  }
  using registry = openRegistry(to, "push", options);
  const missing = [];
  for (const referrer of image.referrers) if (!(await has(registry, referrer))) missing.push(referrer);
  const isThere = await leadsTo(registry, to.tag ?? digest, digest);
  const wanted = isThere ? blobsOf(image, missing) : image.blobs;
  const blobs = await sendBlobs(registry, wanted, options.progress);
  if (!isThere) {
    // The tag comes last: what it leads to is whole.
    for (const manifest of image.manifests.slice(0, -1)) {
      if (!(await has(registry, manifest))) await put(registry, manifest, manifest.descriptor.digest);
    }
  }
  await pushReferrers(registry, missing, put);
  if (!isThere) await put(registry, top, to.tag ?? digest);
  return {
    reference: referenceText(to),
    pinned: referenceText({ ...to, tag: null, digest }),
    digest,
    uncompressedDigest: null,
    bytes: blobs.reduce((sum, { how, bytes }) => sum + (how === "sent" ? bytes : 0), 0),
    blobs,
    referrers: image.referrers.map(({ descriptor, content }) => ({
      digest: descriptor.digest,
      artifactType: descriptor.artifactType ?? String(content["artifactType"] ?? ""),
    })),
  };
}

/** The blobs of these manifests alone. */
function blobsOf(image: ImageToPush, manifests: readonly ManifestToPush[]): ImageToPush["blobs"] {
  const text = manifests.map(({ bytes }) => bytes.toString("utf8")).join("\n");
  return image.blobs.filter(({ digest }) => text.includes(`"${digest}"`));
}

async function sendBlobs(
  registry: Registry,
  blobs: ImageToPush["blobs"],
  progress: (message: string) => void,
): Promise<PushedImage["blobs"]> {
  const report = transferReport(blobs, progress, "sending");
  return each(blobs, async (blob) => {
    const { digest, size, name } = blob;
    try {
      const how = await pushBlob(registry, blob, (bytes) => report.has(blob, bytes));
      if (how !== "sent") report.kept(blob);
      return { digest, bytes: size, name, how };
    } catch (error) {
      // The others would only go on for nothing.
      registry[Symbol.dispose]();
      throw error;
    }
  });
}

const has = ({ addresses, ask }: Registry, { descriptor }: ManifestToPush): Promise<boolean> =>
  ask(addresses.of(`manifests/${descriptor.digest}`), {
    method: "HEAD",
    headers: { accept: descriptor.mediaType },
  }).then(({ status }) => status === 200);

/** Whether a tag leads to a digest already. */
async function leadsTo(registry: Registry, tag: string, digest: string): Promise<boolean> {
  const url = registry.addresses.of(`manifests/${tag}`);
  const answer = await registry.ask(url, { method: "HEAD", headers: { accept: anyManifest } });
  if (answer.status !== 200 && answer.status !== 404) throw await registry.refuse(answer, url);
  return answer.status === 200 && answer.headers.get("docker-content-digest") === digest;
}

/** Gives a registry a manifest; what its answer says is the caller's to read. Throws ToolError REGISTRY_FAILED. */
async function put(
  registry: Registry,
  { descriptor, bytes }: ManifestToPush,
  name: string,
): Promise<Response> {
  const url = registry.addresses.of(`manifests/${name}`);
  const answer = await registry.ask(url, {
    method: "PUT",
    headers: { "content-type": descriptor.mediaType },
    body: { length: bytes.length, pieces: () => [bytes] },
  });
  if (answer.status !== 201) throw await registry.refuse(answer, url);
  await answer.body?.cancel();
  const given = answer.headers.get("docker-content-digest");
  if (given === null || given === descriptor.digest) return answer;
  throw new ToolError(
    "REGISTRY_FAILED",
    `${registry.reference.host} gives the image another digest, ${given}`,
    {
      hint: "It changes what is sent to it. Ask whoever keeps the registry.",
    },
  );
}
