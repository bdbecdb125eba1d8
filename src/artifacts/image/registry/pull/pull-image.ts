import { each } from "../../../../lock/index.ts";
import { ToolError } from "../../../../model/index.ts";
import { fetchFile, fileSize, hashFile, joinPath, listNames } from "../../../../system/index.ts";
import { removeTree, writeAtomic } from "../../../../system/index.ts";
import { transferReport } from "../../../wheels/transfer-report.ts";
import { hexOf, mediaTypes, type Descriptor, type OciPlatform } from "../../oci/descriptor.ts";
import { blobName, descriptorOf, jsonBlobOf, jsonFile, platformOf } from "../../read/checked-json.ts";
import { folderFiles } from "../../read/image-files.ts";
import { imageLimits, mostJsonBytes, mostLayers } from "../../read/image-limits.ts";
import { listOf, recordOf } from "../../read/json.ts";
import { thisOciPlatform } from "../../read/open-image.ts";
import { knownPlaces } from "../known-places.ts";
import { parseReference, referenceText, type Reference } from "../reference.ts";
import { openRegistry, type Registry, type RegistryOptions } from "../registry.ts";
import { fetchManifest, type FetchedManifest } from "./fetch-manifests.ts";

export interface PullOptions extends Partial<RegistryOptions> {
  /** This machine's where left out. */
  readonly platform?: OciPlatform;
}

export interface PulledImage {
  readonly reference: string;
  /** The name with the digest that it leads to: to be written down in place of a tag. */
  readonly pinned: string;
  /** Of the manifest for the platform. */
  readonly digest: string;
  /** The layout's folder. */
  readonly folder: string;
  /** That were fetched, of blobs. */
  readonly bytes: number;
}

const refName = "org.opencontainers.image.ref.name";

/**
 * Fetches the image that a reference leads to into an OCI layout, which is made or added to: what lies there already is
 * not fetched, and a killed call goes on where it was. Each blob is checked against its digest and its size; an image that
 * states more than Rung unpacks is refused before anything of it is fetched.
 * Throws ToolError REGISTRY_FAILED, DOWNLOAD_FAILED, NETWORK_UNAVAILABLE, IMAGE_UNREADABLE, DISK_FULL or USAGE.
 */
export async function pullImage(
  reference: string,
  folder: string,
  { platform = thisOciPlatform(), plainHttp = false, progress = () => {}, variables }: PullOptions = {},
): Promise<PulledImage> {
  const from = parseReference(reference);
  const isLayout = fileSize(joinPath(folder, "oci-layout")) !== null;
  if (!isLayout && listNames(folder).some((name) => name !== "blobs")) {
    throw new ToolError("USAGE", `${folder} is there, and is no OCI layout: nothing was fetched`, {
      hint: "Name a folder that does not exist yet.",
    });
  }
  using registry = openRegistry(from, "pull", {
    plainHttp,
    progress,
    ...(variables === undefined ? {} : { variables }),
  });
  const manifest = await fetchManifest(registry, platform);
  const bytes = await fetchBlobs(registry, blobsOf(manifest, reference), folder, progress);
  writeLayout(folder, manifest, from);
  return {
    reference: referenceText(from),
    pinned: referenceText({ ...from, tag: null, digest: manifest.pinned }),
    digest: manifest.descriptor.digest,
    folder,
    bytes,
  };
}

interface Wanted extends Descriptor {
  readonly name: string;
}

/** Config and layers, each once. Throws ToolError IMAGE_UNREADABLE where they are more, or larger, than an image has. */
function blobsOf({ content }: FetchedManifest, image: string): readonly Wanted[] {
  const config = descriptorOf(content["config"], image);
  const layers = listOf(content["layers"]);
  const all = layers.map((layer) => descriptorOf(layer, image));
  const bytes = all.reduce((sum, { size }) => sum + size, 0);
  if (config.size > mostJsonBytes || layers.length > mostLayers || bytes > imageLimits.bytes) {
    throw new ToolError(
      "IMAGE_UNREADABLE",
      `${image} states ${layers.length} layers of ${bytes} bytes: nothing was fetched`,
      {
        hint: `An image has at most ${mostLayers} layers, and Rung takes at most ${imageLimits.bytes / 1e9} GB.`,
      },
    );
  }
  const named: readonly Wanted[] = [
    { ...config, name: "config" },
    ...all.map((layer, at) => ({ ...layer, name: `layer ${at + 1} of ${all.length}` })),
  ];
  return [...new Map(named.map((one) => [one.digest, one])).values()];
}

/** Gives the bytes that were not there. */
async function fetchBlobs(
  registry: Registry,
  blobs: readonly Wanted[],
  folder: string,
  progress: (message: string) => void,
): Promise<number> {
  const report = transferReport(blobs, progress);
  const places = knownPlaces(registry.reference.host);
  const bytes = await each(blobs, async (blob) => {
    const { digest, size } = blob;
    const path = joinPath(folder, blobName(digest));
    if (fileSize(path) === size && hashFile(path) === hexOf(digest)) {
      report.kept(blob);
      return 0;
    }
    const url = registry.addresses.of(`blobs/${digest}`);
    try {
      await fetchFile(url, path, {
        sha256: hexOf(digest),
        size,
        onBytes: (come) => report.has(blob, come),
        ask: (headers, signal) => askForBlob(registry, url, headers, signal),
      });
    } catch (error) {
      // The others would only go on for nothing; what they have is kept.
      registry[Symbol.dispose]();
      throw error;
    }
    places.keep(digest, registry.reference.repository);
    return size;
  });
  return bytes.reduce((sum, one) => sum + one, 0);
}

/** What `fetchFile` can use: the blob, its rest, or that there is no more of it. */
async function askForBlob(
  registry: Registry,
  url: string,
  headers: Readonly<Record<string, string>>,
  signal: AbortSignal,
): Promise<Response> {
  const answer = await registry.ask(url, { headers, signal });
  if (answer.ok || answer.status === 416) return answer;
  throw await registry.refuse(answer, url);
}

/** Writes the manifest and the files of a layout; other images in it stay. The index comes last. */
function writeLayout(folder: string, manifest: FetchedManifest, from: Reference): void {
  const { descriptor, bytes, content } = manifest;
  const files = folderFiles(folder);
  // What the image itself says it is for, whatever was wanted.
  const config = jsonBlobOf(files, folder, descriptorOf(content["config"], folder));
  const platform = platformOf(config) ?? descriptor.platform;
  const name = from.tag === null ? null : referenceText({ ...from, digest: null });
  const { mediaType, digest, size } = descriptor;
  const entry: Descriptor = {
    mediaType,
    digest,
    size,
    ...(name === null ? {} : { annotations: { [refName]: name } }),
    ...(platform === undefined ? {} : { platform }),
  };
  const others = listOf(recordOf(jsonFile(files, folder, "index.json")?.value)["manifests"]);
  const kept = others.filter((value) => {
    const other = recordOf(value);
    return other["digest"] !== digest && (name === null || recordOf(other["annotations"])[refName] !== name);
  });
  writeAtomic(joinPath(folder, blobName(digest)), bytes);
  writeAtomic(joinPath(folder, "oci-layout"), '{"imageLayoutVersion":"1.0.0"}');
  const index = { schemaVersion: 2, mediaType: mediaTypes.index, manifests: [...kept, entry] };
  writeAtomic(joinPath(folder, "index.json"), JSON.stringify(index));
  // Of archives that older readers took: it would name the image that was here before.
  removeTree(joinPath(folder, "manifest.json"));
}
