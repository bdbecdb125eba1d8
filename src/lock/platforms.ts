/** The platforms that a lock can be asked for. */
export type LockPlatform =
  | "linux-x86_64"
  | "linux-aarch64"
  | "macos-arm64"
  | "macos-x86_64"
  | "windows-x86_64";

interface Platform {
  readonly id: LockPlatform;
  /** The variables of environment markers (PEP 508) that name it. */
  readonly marker: Readonly<
    Record<"sys_platform" | "platform_system" | "os_name" | "platform_machine", string>
  >;
  /** Which platform tags of wheels it takes. */
  readonly wheels: RegExp;
}

const posix = (
  sys_platform: string,
  platform_system: string,
  platform_machine: string,
): Platform["marker"] => ({
  sys_platform,
  platform_system,
  os_name: "posix",
  platform_machine,
});

export const platforms: readonly Platform[] = [
  { id: "linux-x86_64", marker: posix("linux", "Linux", "x86_64"), wheels: /^(?:many)?linux.*_x86_64$/u },
  { id: "linux-aarch64", marker: posix("linux", "Linux", "aarch64"), wheels: /^(?:many)?linux.*_aarch64$/u },
  {
    id: "macos-arm64",
    marker: posix("darwin", "Darwin", "arm64"),
    wheels: /^macosx_.*_(?:arm64|universal2?)$/u,
  },
  {
    id: "macos-x86_64",
    marker: posix("darwin", "Darwin", "x86_64"),
    wheels: /^macosx_.*_(?:x86_64|universal2?|intel|fat64)$/u,
  },
  {
    id: "windows-x86_64",
    marker: { sys_platform: "win32", platform_system: "Windows", os_name: "nt", platform_machine: "AMD64" },
    wheels: /^win_amd64$/u,
  },
];

/** The platform that this process runs on; null where a lock cannot be asked for it. */
export function thisLockPlatform(): LockPlatform | null {
  const system = { linux: "linux", darwin: "macos", win32: "windows" }[process.platform as string];
  const machine = process.arch === "x64" ? "x86_64" : system === "macos" ? "arm64" : "aarch64";
  return platforms.find(({ id }) => id === `${system}-${machine}`)?.id ?? null;
}

/** The variables of environment markers on a platform with CPython of this version ("3.11"). */
export function markerVariables(id: LockPlatform, python: string): Readonly<Record<string, string>> {
  const series = python.split(".").slice(0, 2).join(".");
  return {
    ...platforms.find((platform) => platform.id === id)?.marker,
    implementation_name: "cpython",
    platform_python_implementation: "CPython",
    python_version: series,
    python_full_version: /^\d+\.\d+\.\d+/u.test(python) ? python : `${series}.0`,
    implementation_version: /^\d+\.\d+\.\d+/u.test(python) ? python : `${series}.0`,
    extra: "",
  };
}

/** The marker by which uv is told to lock for this platform alone. */
export function markerOf(id: LockPlatform): string {
  const marker = platforms.find((platform) => platform.id === id)?.marker;
  return `sys_platform == '${marker?.sys_platform}' and platform_machine == '${marker?.platform_machine}'`;
}
