import { mediaTypes, type Descriptor } from "../../oci/descriptor.ts";
import { descriptorOf } from "../../read/checked-json.ts";
import { mostJsonBytes } from "../../read/image-limits.ts";
import { listOf, recordOf, textOf } from "../../read/json.ts";
import { jsonBlob } from "../../oci/blob.ts";
import { anyManifest } from "../media-types.ts";
import { referenceText } from "../reference.ts";
import type { Registry } from "../registry.ts";
import { subjectOf, type ManifestToPush } from "./image-to-push.ts";

/**
 * Gives a registry what is attached to an image. One that knows of referrers says so (OCI-Subject); for any other an index
 * under the tag "sha256-…" lists them (distribution-spec v1.1, "Referrers tag schema").
 * Throws ToolError REGISTRY_FAILED or NETWORK_UNAVAILABLE.
 */
export async function pushReferrers(
  registry: Registry,
  referrers: readonly ManifestToPush[],
  put: (registry: Registry, manifest: ManifestToPush, name: string) => Promise<Response>,
): Promise<void> {
  const untold = new Map<string, ManifestToPush[]>();
  for (const referrer of referrers) {
    const subject = subjectOf(referrer.content) ?? "";
    const answer = await put(registry, referrer, referrer.descriptor.digest);
    if (answer.headers.get("oci-subject") !== null) continue;
    untold.set(subject, [...(untold.get(subject) ?? []), referrer]);
  }
  for (const [subject, added] of untold) {
    const tag = subject.replace(":", "-");
    const listed = await listedUnder(registry, tag);
    const all = new Map([...listed, ...added.map(described)].map((one) => [one.digest, one]));
    const blob = jsonBlob(mediaTypes.index, {
      schemaVersion: 2,
      mediaType: mediaTypes.index,
      manifests: [...all.values()],
    });
    const { descriptor, content } = blob;
    if ("bytes" in content) await put(registry, { descriptor, bytes: content.bytes, content: {} }, tag);
  }
}

/** What an index of referrers says of one: its kind and its annotations too. */
function described({ descriptor, content }: ManifestToPush): Descriptor {
  const { mediaType, digest, size } = descriptor;
  const artifactType = textOf(content["artifactType"]) ?? textOf(recordOf(content["config"])["mediaType"]);
  const annotations = recordOf(content["annotations"]) as Readonly<Record<string, string>>;
  return {
    mediaType,
    digest,
    size,
    ...(artifactType === null ? {} : { artifactType }),
    ...(Object.keys(annotations).length === 0 ? {} : { annotations }),
  };
}

async function listedUnder(registry: Registry, tag: string): Promise<readonly Descriptor[]> {
  const url = registry.addresses.of(`manifests/${tag}`);
  const answer = await registry.ask(url, { headers: { accept: anyManifest } });
  if (answer.status === 404) {
    await answer.body?.cancel();
    return [];
  }
  if (answer.status !== 200) throw await registry.refuse(answer, url);
  const body = await registry.body(answer, url, mostJsonBytes);
  const name = referenceText({ ...registry.reference, tag, digest: null });
  return listOf(recordOf(JSON.parse(body.toString("utf8")))["manifests"]).map((one) =>
    descriptorOf(one, name),
  );
}
