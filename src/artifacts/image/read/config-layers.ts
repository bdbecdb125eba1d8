import type { OciPlatform } from "../oci/descriptor.ts";
import { isDigest, platformOf } from "./checked-json.ts";
import { mostLayers } from "./image-limits.ts";
import { listOf, recordOf, textOf, type Json } from "./json.ts";
import { unreadableImage } from "./unreadable.ts";

/** What a config says of each layer, which must be as many as there are. */
export function withDiffIds(
  image: string,
  config: Json,
  count: number,
): readonly { readonly diffId: string; readonly what: string }[] {
  const diffIds = listOf(recordOf(config["rootfs"])["diff_ids"]).map(textOf);
  if (count > mostLayers) throw unreadableImage(image, `it has more than ${mostLayers} layers`);
  if (diffIds.length !== count) {
    throw unreadableImage(image, `it has ${count} layers, and its config names ${diffIds.length}`);
  }
  const history = listOf(config["history"])
    .map(recordOf)
    .filter((entry) => entry["empty_layer"] !== true);
  return diffIds.map((diffId, at) => {
    if (!isDigest(diffId)) throw unreadableImage(image, `"${diffId ?? ""}" in it is no sha256 digest`);
    return { diffId, what: (textOf(history[at]?.["created_by"]) ?? "").slice(0, 200) };
  });
}

/** Throws where the config does not say what it is for. */
export function configPlatform(config: Json, image: string): OciPlatform {
  const platform = platformOf(config);
  if (platform === null) throw unreadableImage(image, "its config names no platform");
  return platform;
}
