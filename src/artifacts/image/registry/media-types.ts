import { mediaTypes } from "../oci/descriptor.ts";

/** What lists manifests. */
export const indexTypes: readonly string[] = [
  mediaTypes.index,
  "application/vnd.docker.distribution.manifest.list.v2+json",
];

/** What names a config and layers. */
export const manifestTypes: readonly string[] = [
  mediaTypes.manifest,
  "application/vnd.docker.distribution.manifest.v2+json",
];

/** For Accept headers. */
export const anyManifest = [...manifestTypes, ...indexTypes].join(", ");
