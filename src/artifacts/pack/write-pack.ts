import { sizeText, ToolError } from "../../model/index.ts";
import type { ArchiveFormat } from "../archive/write-archive.ts";
import { writeArchive } from "../archive/write-archive.ts";
import type { Bundle } from "../bundle/bundle.ts";
import { bytesMember } from "../bundle/launcher-part.ts";
import { dockerfileMembers } from "../dockerfile/dockerfile-members.ts";
import type { Member } from "../tree/member.ts";
import { digestsOf, linksText, sumsText } from "./checksums.ts";

export interface WrittenPack {
  readonly path: string;
  /** Hex, over the archive. */
  readonly sha256: string;
  /** Of the archive. */
  readonly bytes: number;
  readonly platform: string;
  readonly python: string;
  readonly wheels: number;
  readonly files: number;
}

/**
 * Writes a bundle as one archive (.tar.zst, .tar.gz or .zip), all below one folder, with SHA256SUMS of all files and
 * LINKS of all symbolic links. The same bundle gives the same bytes.
 * Throws ToolError DISK_FULL, PATH_UNREADABLE or USAGE; then nothing is left at `output` but what was there.
 */
export async function writePack(
  bundle: Bundle,
  output: string,
  format: ArchiveFormat,
  progress: (message: string) => void = () => {},
): Promise<WrittenPack> {
  progress("adding up what goes in");
  const members = packMembers(bundle);
  const name = packFolder(bundle);
  const onBytes = writtenReport(progress);
  const written = await writeArchive({ name, members, format, output, onBytes });
  return {
    path: written.path,
    sha256: written.sha256,
    bytes: written.size,
    platform: bundle.platform,
    python: bundle.manifest.python.version,
    wheels: bundle.manifest.wheels.length,
    files: members.filter(({ kind }) => kind !== "directory").length,
  };
}

/** Tells how much is written, at most twice a second. */
export function writtenReport(progress: (message: string) => void): (bytes: number) => void {
  const started = performance.now();
  let told = started;
  return (bytes) => {
    const now = performance.now();
    if (now - told < 500) return;
    told = now;
    progress(`writing: ${sizeText(bytes)}, ${sizeText((bytes * 1000) / (now - started))}/s`);
  };
}

/** The one folder in the archive: "NAME-PLATFORM". */
export function packFolder({ manifest, platform }: Bundle): string {
  return `${manifest.name}-${platform}`;
}

/** All members of a pack, what it says of itself included. */
export function packMembers(bundle: Bundle): readonly Member[] {
  const members = [...bundle.parts.flatMap((part) => part.members), ...dockerfileMembers(bundle)];
  const twice = [...Map.groupBy(members, ({ path }) => path)].find(
    ([, all]) => all.length > 1 && all.some(({ kind }) => kind !== "directory"),
  );
  if (twice !== undefined) throw new ToolError("USAGE", `two parts of the bundle hold ${twice[0]}`);
  const unique = [...new Map(members.map((member) => [member.path, member])).values()];
  const links = digestsOf(unique.filter(({ kind }) => kind === "symlink")).links;
  const described = [...unique, ...(links.size === 0 ? [] : [bytesMember("LINKS", linksText(links))])];
  const { files } = digestsOf(described);
  return [...described, bytesMember("SHA256SUMS", sumsText(files))];
}
