import { wheelServes, wheelTags, type LockPlatform } from "../../lock/index.ts";

/** What wheels are chosen for: CPython with the GIL. */
export interface WheelTarget {
  readonly platform: LockPlatform;
  /** "3.11.7" */
  readonly python: string;
  /** The version of the C library that goes along ("2.36"); null where that is not known or there is none. */
  readonly glibc: string | null;
}

/**
 * How well a wheel fits, greater is better, in the order of pip (PEP 425, and `packaging.tags`): first by interpreter and
 * ABI, then by platform, then by build number. Null where it does not serve, for want of a C library as new as it asks
 * for (PEP 600) too.
 */
export function wheelRank(filename: string, target: WheelTarget): readonly number[] | null {
  const tags = wheelTags(filename);
  if (tags === null || !wheelServes(tags, target.python, target.platform)) return null;
  const minor = Number(target.python.split(".")[1]);
  const platforms = tags.platforms.map((tag) => platformRank(tag, target));
  const platform = Math.max(...platforms);
  if (platform < 0) return null;
  const interpreters = tags.pythons.flatMap((python) =>
    tags.abis.map((abi) => interpreterRank(python, abi, minor, platform === 0)),
  );
  const interpreter = Math.max(...interpreters);
  return interpreter < 0 ? null : [interpreter, platform, buildNumber(filename)];
}

export function compareRanks(one: readonly number[], other: readonly number[]): number {
  const at = one.findIndex((value, index) => value !== other[index]);
  return at < 0 ? 0 : (one[at] ?? 0) - (other[at] ?? 0);
}

/** cp311-cp311, cp311-abi3, cp311-none, cp310-abi3 and older, py311-none, py3-none, py310-none and older. */
function interpreterRank(tag: string, abi: string, minor: number, isAny: boolean): number {
  const [, kind = "", digits = ""] = /^(cp|py)3(\d*)$/u.exec(tag) ?? [];
  const version = digits === "" ? -1 : Number(digits);
  if (kind === "cp") {
    if (version === minor && abi === `cp3${minor}${minor < 8 ? "m" : ""}`) return 1000;
    if (abi === "abi3" && version <= minor) return version === minor ? 900 : 500 + version;
    // "cp311-none-any" is found late, "cp311-none-PLATFORM" early.
    if (version === minor && abi === "none") return isAny ? 150 : 800;
    return -1;
  }
  if (kind !== "py" || abi !== "none" || version > minor) return -1;
  const age = version === minor ? 102 : version === -1 ? 101 : version;
  return isAny ? age : 200 + age;
}

/** 0 for "any"; the newer the system that a wheel was made for, the greater; -1 where it does not serve. */
function platformRank(tag: string, { platform, glibc }: WheelTarget): number {
  if (tag === "any") return 0;
  const [system, ...rest] = platform.split("-");
  const machine = rest.join("-");
  if (system === "linux") {
    if (tag === `linux_${machine}`) return 1;
    const version = manylinuxVersion(tag, machine);
    if (version === null) return -1;
    const [major = 2, minor = 0] = (glibc ?? "2.999").split(".").map(Number);
    if (version[0] > major || (version[0] === major && version[1] > minor)) return -1;
    return 10 + version[0] * 1000 + version[1] + (tag.startsWith("manylinux_") ? 0.5 : 0);
  }
  if (system === "windows") return tag === "win_amd64" ? 1 : -1;
  const [, major, minor, architecture] = /^macosx_(\d+)_(\d+)_(\w+)$/u.exec(tag) ?? [];
  if (architecture === undefined) return -1;
  return 10 + Number(major) * 1000 + Number(minor) + (architecture === machine ? 0.5 : 0);
}

const aliases: Readonly<Record<string, readonly [number, number]>> = {
  manylinux1: [2, 5],
  manylinux2010: [2, 12],
  manylinux2014: [2, 17],
};

/** The C library that a manylinux tag asks for (PEP 513, 571, 599, 600); null for other tags and machines. */
function manylinuxVersion(tag: string, machine: string): readonly [number, number] | null {
  const [, major, minor, architecture] = /^manylinux_(\d+)_(\d+)_(\w+)$/u.exec(tag) ?? [];
  if (architecture === machine) return [Number(major), Number(minor)];
  const [alias, rest] = [tag.slice(0, tag.indexOf("_")), tag.slice(tag.indexOf("_") + 1)];
  return rest === machine ? (aliases[alias] ?? null) : null;
}

function buildNumber(filename: string): number {
  const parts = filename.split("-");
  return parts.length === 6 ? Number.parseInt(parts[2] ?? "0", 10) || 0 : 0;
}
