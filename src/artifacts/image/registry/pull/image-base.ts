import { exists } from "../../../../system/index.ts";
import type { BaseSource } from "../../base/base-image.ts";
import { debianBase } from "../../base/debian/debian-base.ts";
import { diskBase } from "../../base/disk-base.ts";
import { splitReference } from "../../read/open-image.ts";
import type { RegistryOptions } from "../registry.ts";
import { registryBase } from "./registry-base.ts";

/** What else a base may need: where the packages of a bootstrap are pinned. */
export interface BaseOptions extends RegistryOptions {
  readonly lockFile: string;
  readonly progress: (message: string) => void;
}

/**
 * The base that a text names: "mmdebstrap:SUITE", else what lies on disk under this name, else an image in a registry.
 * Throws ToolError USAGE.
 */
export function imageBase(text: string, options: BaseOptions): BaseSource {
  const suite = /^mmdebstrap:([a-z][a-z0-9.-]{0,40})$/u.exec(text)?.[1];
  if (suite !== undefined) return debianBase({ suite, ...options });
  const isPath = /^(?:[./~]|oci:|oci-archive:|docker-archive:)/u.test(text) || /\.tar(?:\.\w+)?$/u.test(text);
  return isPath || exists(splitReference(text).place) ? diskBase(text) : registryBase(text, options);
}
