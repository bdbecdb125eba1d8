import type { LockPlatform } from "../manifests/index.ts";
import { platforms } from "./platforms.ts";

export interface WheelTags {
  readonly name: string;
  readonly version: string;
  readonly pythons: readonly string[];
  readonly abis: readonly string[];
  readonly platforms: readonly string[];
}

/** The parts of a wheel's file name (binary distribution format, PEP 427); null where it is none. */
export function wheelTags(filename: string): WheelTags | null {
  const match = /^([^-]+)-([^-]+)(?:-\d[^-]*)?-([^-]+)-([^-]+)-([^-]+)\.whl$/u.exec(filename);
  if (match === null) return null;
  const [, name = "", version = "", pythons = "", abis = "", systems = ""] = match;
  return { name, version, pythons: pythons.split("."), abis: abis.split("."), platforms: systems.split(".") };
}

/** Does CPython `python` ("3.11") take the wheel, on one of the platforms (any platform where none is named)? */
export function wheelServes(tags: WheelTags, python: string, platform: LockPlatform | null): boolean {
  const minor = Number(python.split(".")[1] ?? Number.NaN);
  const pythonServes = tags.pythons.some((tag) =>
    tags.abis.some((abi) => interpreterServes(tag, abi, minor)),
  );
  if (!pythonServes || platform === null) return pythonServes;
  const taken = platforms.find(({ id }) => id === platform)?.wheels;
  return tags.platforms.some((tag) => tag === "any" || taken?.test(tag) === true);
}

/** PEP 425, for CPython with the GIL. */
function interpreterServes(tag: string, abi: string, minor: number): boolean {
  const [, kind = "", digits = ""] = /^(cp|py)3(\d*)$/u.exec(tag) ?? [];
  if (kind === "py") return abi === "none" && (digits === "" || Number(digits) <= minor);
  if (kind !== "cp") return false;
  if (abi === "abi3") return Number(digits || 2) <= minor;
  return Number(digits) === minor && (abi === "none" || /^cp3\d+m?$/u.test(abi));
}

/** The version in the name of a wheel or an sdist (PEP 427, PEP 625), as it stands there; "" where there is none. */
export function versionOfFile(filename: string): string {
  const wheel = wheelTags(filename);
  if (wheel !== null) return wheel.version;
  const stem = filename.replace(/\.(?:tar\.(?:gz|bz2|xz|Z)|tgz|zip)$/u, "");
  return /-(\d[^-]*)$/u.exec(stem)?.[1] ?? "";
}
