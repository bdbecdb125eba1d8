import { targetPlatforms, type LockPlatform } from "../manifests/index.ts";

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

/** The marker by which uv is told to lock for this platform alone. */
export function markerOf(id: LockPlatform): string {
  const { sys_platform, platform_machine } = targetPlatforms[id];
  return `sys_platform == '${sys_platform}' and platform_machine == '${platform_machine}'`;
}
