/** The parts of a conda package's file name, as conda writes it: `name-version-build.conda` or `.tar.bz2`. */
export interface CondaFile {
  readonly name: string;
  readonly version: string;
  readonly build: string;
  /** "linux-64", "noarch"; "" where the address does not say. */
  readonly subdir: string;
  /** The address of the channel; null for a file beside the project. */
  readonly channel: string | null;
}

/** Takes the address or path of a conda package apart; null where it is none. The name may hold hyphens. */
export function splitCondaFile(address: string): CondaFile | null {
  const [plain = ""] = address.split(/[?#]/u);
  const parts = plain.split("/");
  const file = /^(.*?)(?:\.conda|\.tar\.bz2)$/u.exec(parts.at(-1) ?? "")?.[1];
  if (file === undefined) return null;
  const words = file.split("-");
  const build = words.pop() ?? "";
  const version = words.pop() ?? "";
  const name = words.join("-");
  if (name === "" || version === "" || build === "") return null;
  const subdir = /^(?:noarch|[a-z]+-[a-z0-9_]+)$/u.test(parts.at(-2) ?? "") ? (parts.at(-2) ?? "") : "";
  const isRemote = /^[a-z][a-z0-9+.-]*:\/\//iu.test(plain);
  return {
    name,
    version,
    build,
    subdir,
    channel: isRemote ? parts.slice(0, subdir === "" ? -1 : -2).join("/") : null,
  };
}

const systems: Readonly<Record<string, string>> = {
  linux: "sys_platform == 'linux'",
  osx: "sys_platform == 'darwin'",
  win: "sys_platform == 'win32'",
  unix: "os_name == 'posix'",
};

/** What `platform.machine()` says where conda's name of it is another. */
const machines: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  linux: { "64": "x86_64", "32": "i686" },
  osx: { "64": "x86_64" },
  win: { "64": "AMD64", "32": "x86", arm64: "ARM64" },
};

/** A conda platform ("linux-64"), or a family of them ("unix", "osx"), as an environment marker; null for any or unknown. */
export function platformMarker(platform: string): string | null {
  const [system = "", machine] = platform.split("-");
  const named = Object.hasOwn(systems, system) ? systems[system] : undefined;
  if (named === undefined) return null;
  if (machine === undefined) return named;
  const family = machines[system] ?? {};
  const says = Object.hasOwn(family, machine) ? family[machine] : machine;
  return /^\w+$/u.test(says ?? "") ? `${named} and platform_machine == '${says}'` : named;
}

/** The marker under which any of these platforms stands; null where they are all of the lock's, or one has no marker. */
export function platformsMarker(some: readonly string[], all: readonly string[]): string | null {
  if (all.every((platform) => some.includes(platform))) return null;
  const markers = some.map(platformMarker);
  if (markers.includes(null)) return null;
  const distinct = [...new Set(markers)];
  return distinct.length === 1 ? (distinct[0] ?? null) : distinct.map((marker) => `(${marker})`).join(" or ");
}
