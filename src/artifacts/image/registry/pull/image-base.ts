import { exists } from "../../../../system/index.ts";
import type { BaseSource } from "../../base/base-image.ts";
import { diskBase } from "../../base/disk-base.ts";
import { splitReference } from "../../read/open-image.ts";
import type { RegistryOptions } from "../registry.ts";
import { registryBase } from "./registry-base.ts";

/** The base that a text names: what lies on disk under this name, else an image in a registry. Throws ToolError USAGE. */
export function imageBase(text: string, options: RegistryOptions): BaseSource {
  const isPath = /^(?:[./~]|oci:|oci-archive:|docker-archive:)/u.test(text) || /\.tar(?:\.\w+)?$/u.test(text);
  return isPath || exists(splitReference(text).place) ? diskBase(text) : registryBase(text, options);
}
