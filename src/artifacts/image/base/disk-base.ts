import { createAtomic, fileSize, joinPath } from "../../../system/index.ts";
import type { Layer } from "../layers/layer.ts";
import { hexOf, mediaTypes } from "../oci/descriptor.ts";
import { listOf, recordOf, textsOf } from "../read/json.ts";
import { openImage } from "../read/open-image.ts";
import { compressionAt, readLayerTar } from "../read/read-layer.ts";
import type { StoredImage, StoredLayer } from "../read/stored-image.ts";
import { unreadableImage } from "../read/unreadable.ts";
import { imageKeeper } from "../read/unpack-image.ts";
import type { BaseImage, BaseSource } from "./base-image.ts";

/**
 * A base that lies on disk: "PATH" or "PATH:TAG" of an OCI layout, an archive of one, or what docker save wrote. Its
 * layers stay as they are stored, so that a registry that has them takes none twice; each is checked, once.
 */
export function diskBase(reference: string): BaseSource {
  return {
    async open({ platform, cache }) {
      using image = await openImage(reference, platform);
      if (image.platform.os !== platform.os || image.platform.architecture !== platform.architecture) {
        const { os, architecture } = image.platform;
        throw unreadableImage(reference, `it is for ${os} on ${architecture}`);
      }
      // Read before the image is closed.
      return await keepImage(image, cache);
    },
  };
}

/** A stored image as a base, its layers checked and put into the cache. */
export async function keepImage(image: StoredImage, cache: string): Promise<BaseImage> {
  const layers: Layer[] = [];
  for (const layer of image.layers) layers.push(await keepLayer(image, layer, cache));
  const told = listOf(image.config["history"]).map(recordOf);
  const isWhole = told.filter((entry) => entry["empty_layer"] !== true).length === layers.length;
  return {
    name: image.name,
    digest: image.digest ?? image.configDigest,
    platform: image.platform,
    layers,
    history: isWhole ? told : layers.map(() => ({ created_by: "a layer of the base" })),
    variables: textsOf(recordOf(image.config["config"])["Env"]),
  };
}

async function keepLayer(image: StoredImage, layer: StoredLayer, cache: string): Promise<Layer> {
  const digest = layer.digest ?? layer.diffId;
  const path = joinPath(cache, "blobs", hexOf(digest));
  const isKept = fileSize(path) === layer.size;
  if (!isKept) {
    using output = createAtomic(path);
    await readLayerTar(image.name, layer, imageKeeper(image), {
      stored: (piece) => output.write(piece),
    });
    output.commit();
  }
  return {
    what: layer.what === "" ? "a layer of the base" : `base: ${layer.what}`,
    descriptor: { mediaType: ociLayerType(layer), digest, size: layer.size },
    diffId: layer.diffId,
    content: { path },
    reused: isKept,
  };
}

/** Docker has other names for the same things, and what docker save wrote has none. */
function ociLayerType(layer: StoredLayer): string {
  const compression = compressionAt(layer);
  return compression === "none" ? mediaTypes.layer : `${mediaTypes.layer}+${compression}`;
}
