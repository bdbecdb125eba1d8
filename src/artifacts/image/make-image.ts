import type { LockPlatform } from "../../lock/index.ts";
import { cacheDirectory } from "../../system/index.ts";
import { modificationTime } from "../archive/write-archive.ts";
import type { Part } from "../tree/member.ts";
import { referrer } from "./attach.ts";
import type { BaseImage, BaseSource } from "./base/base-image.ts";
import { emptyFolders, scratchRoot } from "./base/scratch.ts";
import { imageConfig } from "./config/image-config.ts";
import { imageStart, imageTop } from "./config/image-start.ts";
import { ociLabels, type ImageFacts } from "./config/labels.ts";
import { ociPlatform } from "./config/platform.ts";
import type { Attachment, Image } from "./image.ts";
import type { Layer } from "./layers/layer.ts";
import { partLayer, type DeferredPart } from "./layers/part-layer.ts";
import { jsonBlob } from "./oci/blob.ts";
import { mediaTypes } from "./oci/descriptor.ts";

const top = imageTop;

export interface ImageRequest {
  /** The parts of a bundle, the least often changed first. */
  readonly parts: readonly (Part | DeferredPart)[];
  readonly platform: LockPlatform;
  /** Null: the bundle alone, on nothing. */
  readonly base: BaseSource | null;
  /** The command that runs where none is named; null where one must be named. */
  readonly defaultCommand: string | null;
  /** "NAME=value". */
  readonly variables: readonly string[];
  readonly facts: Omit<ImageFacts, "baseName" | "baseDigest">;
  /** What is told of the image beside it, once its manifest's digest ("sha256:…") is known. */
  readonly attach: (digest: string, base: Pick<BaseImage, "name" | "digest"> | null) => readonly Attachment[];
  /** Where layers are kept between images. */
  readonly cache?: string;
}

/**
 * An image of a bundle, one layer a part, with no container engine. Its digest depends on the parts' names, contents and
 * modes, on the base, on SOURCE_DATE_EPOCH (1980-01-01 where unset), on what is told of it, and on nothing of the host.
 * Throws ToolError PATH_UNREADABLE, DISK_FULL, USAGE, and what the base throws.
 */
export async function makeImage(request: ImageRequest): Promise<Image> {
  const cache = request.cache ?? cacheDirectory("layers");
  const modifiedAt = modificationTime(process.env["SOURCE_DATE_EPOCH"]);
  const created = new Date(1000 * modifiedAt).toISOString().replace(".000Z", "Z");
  const platform = ociPlatform(request.platform);
  const base = (await request.base?.open({ platform, cache })) ?? null;

  const root: Part =
    base === null
      ? scratchRoot(
          request.parts.filter((part) => "members" in part),
          top,
        )
      : { id: "root", what: "empty folders", members: emptyFolders() };
  const own: Layer[] = [await partLayer(root, { below: [], top: "", modifiedAt, cache })];
  for (const part of request.parts) own.push(await partLayer(part, { below: own, top, modifiedAt, cache }));
  const layers = [...(base?.layers ?? []), ...own];
  const labels = ociLabels(
    { ...request.facts, baseName: base?.name ?? null, baseDigest: base?.digest ?? null },
    created,
  );
  const config = jsonBlob(
    mediaTypes.config,
    imageConfig({
      created,
      platform,
      start: imageStart(request.defaultCommand, request.variables),
      labels,
      layers: own,
      base: base === null ? null : { ...base, diffIds: base.layers.map(({ diffId }) => diffId) },
    }),
  );
  const manifest = jsonBlob(mediaTypes.manifest, {
    schemaVersion: 2,
    mediaType: mediaTypes.manifest,
    config: config.descriptor,
    layers: layers.map(({ descriptor }) => descriptor),
    annotations: labels,
  });
  const attached = request.attach(manifest.descriptor.digest, base);
  const referrers = attached.map((attachment) => referrer(manifest, attachment, created));
  return { platform, manifest, config, layers, referrers };
}
