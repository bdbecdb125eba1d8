import { lockPlatforms, type LockPlatform } from "../../../lock/index.ts";
import { ToolError } from "../../../model/index.ts";
import type { OciPlatform } from "../oci/descriptor.ts";

const platforms: Partial<Record<LockPlatform, OciPlatform>> = {
  "linux-x86_64": { architecture: "amd64", os: "linux" },
  "linux-aarch64": { architecture: "arm64", os: "linux", variant: "v8" },
};

/** The platform as images name it. Throws ToolError USAGE where no container has it. */
export function ociPlatform(platform: LockPlatform): OciPlatform {
  const found = platforms[platform];
  if (found !== undefined) return found;
  throw new ToolError("USAGE", `There are no container images for ${platform}`, {
    hint: `Choose one of ${Object.keys(platforms).join(", ")}.`,
  });
}

/** The platform that a word names: "linux-x86_64", as locks write it, or "linux/amd64", as engines do. Throws ToolError USAGE. */
export function parsePlatform(word: string): OciPlatform {
  const [, os, architecture, variant] = /^([a-z]+)\/([a-z0-9]+)(?:\/(v\d+))?$/u.exec(word) ?? [];
  if (os !== undefined && architecture !== undefined)
    return { os, architecture, ...(variant === undefined ? {} : { variant }) };
  const [platform] = lockPlatforms([word]);
  if (platform !== undefined) return ociPlatform(platform);
  throw new ToolError("USAGE", `"${word}" is no platform`, {
    hint: "Write it as linux-x86_64 or linux/amd64.",
  });
}
