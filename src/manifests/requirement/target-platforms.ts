/** The platforms that a lock can be asked for. */
export type LockPlatform =
  | "linux-x86_64"
  | "linux-aarch64"
  | "macos-arm64"
  | "macos-x86_64"
  | "windows-x86_64";

/** The variables of environment markers (PEP 508) that name a platform. */
type PlatformVariables = Readonly<
  Record<"sys_platform" | "platform_system" | "os_name" | "platform_machine", string>
>;

const posix = (
  sys_platform: string,
  platform_system: string,
  platform_machine: string,
): PlatformVariables => ({ sys_platform, platform_system, os_name: "posix", platform_machine });

export const targetPlatforms: Readonly<Record<LockPlatform, PlatformVariables>> = {
  "linux-x86_64": posix("linux", "Linux", "x86_64"),
  "linux-aarch64": posix("linux", "Linux", "aarch64"),
  "macos-arm64": posix("darwin", "Darwin", "arm64"),
  "macos-x86_64": posix("darwin", "Darwin", "x86_64"),
  "windows-x86_64": {
    sys_platform: "win32",
    platform_system: "Windows",
    os_name: "nt",
    platform_machine: "AMD64",
  },
};

/** The variables of environment markers on a platform with CPython of this version ("3.11", or "3.11.7"). */
export function variablesOn(id: LockPlatform, python: string): Readonly<Record<string, string>> {
  const series = python.split(".").slice(0, 2).join(".");
  const full = /^\d+\.\d+\.\d+/u.test(python) ? python : `${series}.0`;
  return {
    ...targetPlatforms[id],
    implementation_name: "cpython",
    platform_python_implementation: "CPython",
    python_version: series,
    python_full_version: full,
    implementation_version: full,
    extra: "",
  };
}
