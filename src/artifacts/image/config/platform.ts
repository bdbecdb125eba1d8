import type { LockPlatform } from "../../../lock/index.ts";
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
