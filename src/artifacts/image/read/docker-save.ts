import path from "node:path";
import { sha256 } from "../../../system/index.ts";
import { mediaTypes } from "../oci/descriptor.ts";
import { jsonFile } from "./checked-json.ts";
import { isTag, type Wanted } from "./choose-manifest.ts";
import { configPlatform, withDiffIds } from "./config-layers.ts";
import type { ImageFiles } from "./image-files.ts";
import { listOf, recordOf, textOf, textsOf } from "./json.ts";
import type { StoredImage } from "./stored-image.ts";
import { unreadableImage } from "./unreadable.ts";

/** The image in what `docker save` writes: manifest.json names a config and tars, and only the config names digests. */
export function savedImage(
  files: ImageFiles,
  name: string,
  wanted: Wanted,
): Omit<StoredImage, typeof Symbol.dispose> {
  const list = jsonFile(files, name, "manifest.json");
  if (list === null) throw unreadableImage(name, "neither index.json nor manifest.json is in it");
  const saved = listOf(list.value).map(recordOf);
  const { tag } = wanted;
  const chosen =
    tag === null ? saved : saved.filter((one) => textsOf(one["RepoTags"]).some((each) => isTag(each, tag)));
  const [one, ...others] = chosen;
  if (one === undefined)
    throw unreadableImage(name, tag === null ? "no image is in it" : `nothing in it is named ${tag}`);
  if (others.length > 0) {
    const names = saved.flatMap((each) => textsOf(each["RepoTags"]));
    throw unreadableImage(
      name,
      `it holds ${chosen.length} images; name one: ${names.slice(0, 10).join(", ")}`,
    );
  }
  const configName = textOf(one["Config"]) ?? "";
  const found = jsonFile(files, name, configName);
  if (found === null) throw unreadableImage(name, "its config is missing");
  const configDigest = `sha256:${sha256(found.bytes)}`;
  const stated = /[0-9a-f]{64}/u.exec(path.posix.basename(configName))?.[0];
  if (stated !== undefined && configDigest !== `sha256:${stated}`) {
    throw unreadableImage(name, `its config ${stated} has the digest ${configDigest}`);
  }
  const config = recordOf(found.value);
  const places = textsOf(one["Layers"]);
  return {
    name,
    digest: null,
    configDigest,
    platform: configPlatform(config, name),
    manifest: null,
    config,
    layers: withDiffIds(name, config, places.length).map(({ diffId, what }, at) => {
      const place = places[at] ?? "";
      const open = () => {
        const file = files.open(place);
        if (file === null) throw unreadableImage(name, `the layer ${place} is missing`);
        return file;
      };
      using file = open();
      return { what, diffId, mediaType: mediaTypes.layer, digest: null, size: file.size, open };
    }),
  };
}
