import { ToolError } from "../../../../model/index.ts";
import { cacheDirectory, exists, joinPath, sha256, withExclusive } from "../../../../system/index.ts";
import type { BaseImage, BaseSource } from "../../base/base-image.ts";
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
      const read = async (): Promise<BaseImage> => {
        using image = await openImage(folder, platform);
        return { ...(await keepImage(image, cache)), name: referenceText({ ...named, digest }) };
      };
      return withExclusive(`${folder}.lock`, async () => {
        if (exists(joinPath(folder, "index.json"))) {
          try {
            return await read();
          } catch (error) {
            // A part of it was pruned, or is damaged: what is whole is not fetched again.
            if (!(error instanceof ToolError) || error.code !== "IMAGE_UNREADABLE") throw error;
          }
        }
        await pullImage(pinned, folder, { ...options, platform });
        return await read();
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
  try {
    return (await fetchManifest(registry, platform)).pinned;
  } catch (error) {
    if (!(error instanceof ToolError) || error.code !== "NETWORK_UNAVAILABLE") throw error;
    throw new ToolError(error.code, error.message, {
      cause: error,
      hint: "Only the registry knows what a tag leads to. A base named by digest (NAME@sha256:…) that was fetched once needs no network.",
    });
  }
}
