import { targetPlatforms, type LockPlatform } from "../manifests/index.ts";
import { ToolError } from "../model/index.ts";

interface Platform {
  readonly id: LockPlatform;
  /** Which platform tags of wheels it takes. */
  readonly wheels: RegExp;
}

export const platforms: readonly Platform[] = [
  { id: "linux-x86_64", wheels: /^(?:many)?linux.*_x86_64$/u },
  { id: "linux-aarch64", wheels: /^(?:many)?linux.*_aarch64$/u },
  { id: "macos-arm64", wheels: /^macosx_.*_(?:arm64|universal2?)$/u },
  { id: "macos-x86_64", wheels: /^macosx_.*_(?:x86_64|universal2?|intel|fat64)$/u },
  { id: "windows-x86_64", wheels: /^win_amd64$/u },
];

/** The platform that this process runs on; null where a lock cannot be asked for it. */
export function thisLockPlatform(): LockPlatform | null {
  const system = { linux: "linux", darwin: "macos", win32: "windows" }[process.platform as string];
  const machine = process.arch === "x64" ? "x86_64" : system === "macos" ? "arm64" : "aarch64";
  return platforms.find(({ id }) => id === `${system}-${machine}`)?.id ?? null;
}

/** The platforms of these names. Throws ToolError USAGE for a name that no lock can be asked for. */
export function lockPlatforms(names: readonly string[]): readonly LockPlatform[] {
  return names.map((name) => {
    const found = platforms.find(({ id }) => id === name);
    if (found !== undefined) return found.id;
    const known = platforms.map(({ id }) => id).join(", ");
    throw new ToolError("USAGE", `"${name}" is no platform to lock for`, { hint: `It can be ${known}.` });
  });
}

/** The marker by which uv is told to lock for this platform alone. */
export function markerOf(id: LockPlatform): string {
  const { sys_platform, platform_machine } = targetPlatforms[id];
  return `sys_platform == '${sys_platform}' and platform_machine == '${platform_machine}'`;
}
