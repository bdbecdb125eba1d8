import path from "node:path";
import type { Progress } from "../../../environments/index.ts";
import { ToolError } from "../../../model/index.ts";
import {
  cacheDirectory,
  download,
  exists,
  findProgram,
  hashFile,
  joinPath,
  readBytes,
  readText,
  runProcess,
  temporaryDirectory,
} from "../../../system/index.ts";
import { aptSources, type AptSource } from "./apt-sources.ts";
import { hashInRelease, packageIndex, type DebianPackage } from "./package-index.ts";

/** A package with the mirror that has it. */
export interface MirroredPackage extends DebianPackage {
  readonly uri: string;
}

const largestPackage = 256 * 2 ** 20;

/**
 * Finds packages of another processor in the releases that apt knows here. Each index is checked against the release
 * file that apt fetched and whose signature it verified, so nothing is trusted that apt would not trust. Null where apt
 * has no such release. Throws ToolError NETWORK_UNAVAILABLE or DOWNLOAD_FAILED.
 */
export async function findPackages(
  architecture: string,
  progress: Progress,
): Promise<((name: string) => MirroredPackage | null) | null> {
  const finders: ((name: string) => MirroredPackage | null)[] = [];
  for (const source of aptSources()) {
    const find = await openIndex(source, architecture, progress);
    if (find !== null) finders.push(find);
  }
  if (finders.length === 0) return null;
  return (name) => {
    for (const find of finders) {
      const found = find(name);
      if (found !== null) return found;
    }
    return null;
  };
}

async function openIndex(
  { uri, suite, component }: AptSource,
  architecture: string,
  progress: Progress,
): Promise<((name: string) => MirroredPackage | null) | null> {
  const release = joinPath("/var/lib/apt/lists", `${listName(`${uri}dists/${suite}`)}_InRelease`);
  if (!exists(release)) return null;
  const folder = `${component}/binary-${architecture}`;
  const hash = hashInRelease(readText(release), `${folder}/Packages.xz`);
  if (hash === null) return null;
  const file = await fetched(`${uri}dists/${suite}/${folder}/by-hash/SHA256/${hash}`, hash, () =>
    progress(`fetching what packages ${suite} has for ${architecture}`),
  );
  const program = findProgram("xz");
  if (program === null) {
    throw new ToolError("TOOL_MISSING", "xz is not installed, which unpacks Debian's lists of packages", {
      hint: "Install it: apt install xz-utils.",
    });
  }
  // Through a file: gathered in pieces, fifty megabytes would be in memory twice.
  using scratch = temporaryDirectory("packages");
  const unpacked = joinPath(scratch.path, "Packages");
  const { exitCode } = await runProcess([program, "-dc", file], { timeoutMs: 120_000, stdoutFile: unpacked });
  if (exitCode !== 0) return null;
  const find = packageIndex(readBytes(unpacked));
  return (name) => {
    const found = find(name);
    return found === null ? null : { ...found, uri };
  };
}

/** As apt names the file in which it keeps what came from a place: without scheme and user, "/" as "_". */
function listName(url: string): string {
  const place = url.replace(/^https?:\/\/(?:[^@/]*@)?/u, "");
  return place.replaceAll("_", "%5f").replaceAll("/", "_");
}

/** The packages' files, in the cache; each is checked against the hash that its index states. */
export async function fetchPackages(
  packages: readonly MirroredPackage[],
  progress: Progress,
): Promise<readonly string[]> {
  const files: string[] = [];
  for (const { name, uri, filename, sha256 } of packages) {
    files.push(await fetched(`${uri}${filename}`, sha256, () => progress(`fetching ${name}`)));
  }
  return files;
}

async function fetched(url: string, sha256: string, begin: () => void): Promise<string> {
  const file = cacheDirectory("debian", `${sha256}${path.extname(url) === ".deb" ? ".deb" : ".xz"}`);
  if (exists(file) && hashFile(file) === sha256) return file;
  begin();
  await download(url, file, { sha256, atMost: largestPackage });
  return file;
}

/** Unpacks packages into a folder, their scripts left alone. */
export async function unpackPackages(files: readonly string[], folder: string): Promise<void> {
  const program = findProgram("dpkg-deb");
  if (program === null) {
    throw new ToolError("TOOL_MISSING", "dpkg-deb is not installed, which unpacks Debian's packages", {
      hint: "Install it: apt install dpkg.",
    });
  }
  for (const file of files) {
    const { exitCode, stderr } = await runProcess([program, "-x", file, folder], { timeoutMs: 120_000 });
    if (exitCode !== 0) {
      throw new ToolError("UNSAFE_ARCHIVE", `${file} cannot be unpacked: ${stderr.toString("utf8").trim()}`);
    }
  }
}
