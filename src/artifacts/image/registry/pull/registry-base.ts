import { cacheDirectory, exists, joinPath, sha256, withExclusive } from "../../../../system/index.ts";
import type { BaseSource } from "../../base/base-image.ts";
import { keepImage } from "../../base/disk-base.ts";
import type { OciPlatform } from "../../oci/descriptor.ts";
import { openImage } from "../../read/open-image.ts";
import { parseReference, referenceText, type Reference } from "../reference.ts";
import { openRegistry, type RegistryOptions } from "../registry.ts";
import { fetchManifest } from "./fetch-manifests.ts";
import { pullImage } from "./pull-image.ts";

/**
 * A base in a registry. A tag is resolved each time, and `progress` hears the digest that it leads to; one that is named by
 * digest is fetched once, and needs no network then. Throws what `pullImage` throws.
 */
export function registryBase(reference: string, options: RegistryOptions): BaseSource {
  const named = parseReference(reference);
  return {
    async open({ platform, cache }) {
      const digest = named.digest ?? (await resolve(named, platform, options));
      const pinned = referenceText({ ...named, tag: null, digest });
      if (named.digest === null) options.progress(`${referenceText(named)} is ${pinned}`);
      const { os, architecture } = platform;
      const folder = cacheDirectory("bases", sha256(`${pinned} ${os}/${architecture}`).slice(0, 32));
      return withExclusive(`${folder}.lock`, async () => {
        if (!exists(joinPath(folder, "index.json")))
          await pullImage(pinned, folder, { ...options, platform });
        using image = await openImage(folder, platform);
        return { ...(await keepImage(image, cache)), name: referenceText({ ...named, digest }) };
      });
    },
  };
}

async function resolve(
  reference: Reference,
  platform: OciPlatform,
  options: RegistryOptions,
): Promise<string> {
  using registry = openRegistry(reference, "pull", options);
  return (await fetchManifest(registry, platform)).pinned;
}
