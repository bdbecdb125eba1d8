import { ToolError } from "../../model/index.ts";
import { exists, isDirectory, listTree, makeDirectory, openRead } from "../../system/index.ts";
import { compressionOf, type Compression } from "./decompress.ts";
import { sumOf, tarBlock } from "./tar-header.ts";
import { damaged, defaultLimits, keepLimits, type UnpackLimits } from "./unpack-limits.ts";
import { unpackTar } from "./unpack-tar.ts";
import { unpackTarget } from "./unpack-target.ts";
import { unpackZip } from "./unpack-zip.ts";

/**
 * Unpacks a .zip, .tar, .tar.gz or .tar.zst, told apart by its content, below `destination`, which must be empty or
 * not there yet. The archive is taken for hostile: names that lead out, absolute names, links that lead out, anything
 * below a link or a file, names that come twice, devices, pipes, and more than `limits` allows are refused as a whole.
 * What was written until then stays in `destination`: unpack into a temporary folder.
 * Modes become 0755 or 0644; times become now, or with `keepTimes` those that the archive states. Gives the number of files and symbolic links.
 * Throws ToolError UNSAFE_ARCHIVE, PATH_UNREADABLE (damaged, too), DISK_FULL or USAGE.
 */
export async function unpackArchive(
  path: string,
  destination: string,
  options: Partial<UnpackLimits> & { readonly keepTimes?: boolean } = {},
): Promise<{ readonly files: number }> {
  const { kind, size } = sniff(path);
  if (exists(destination) && (!isDirectory(destination) || listTree(destination).entries.length > 0)) {
    throw new ToolError("USAGE", `${destination} is not empty: nothing was unpacked`, {
      hint: "Name a folder that does not exist yet.",
    });
  }
  makeDirectory(destination);
  const keeper = keepLimits(path, size, { ...defaultLimits, ...options });
  using target = unpackTarget(path, destination, keeper, options.keepTimes ?? false);
  if (kind === "zip") await unpackZip(path, target, keeper);
  else await unpackTar(path, kind, target, keeper);
  return { files: target.finish() };
}

/** What kind of archive a file is, by its content. Throws ToolError PATH_UNREADABLE for any other. */
export function sniff(path: string): { kind: "zip" | Compression; size: number } {
  using file = openRead(path);
  const start = Buffer.alloc(tarBlock);
  const read = file.read(start);
  const size = file.size;
  const magic = read < 4 ? 0 : start.readUInt32LE(0);
  if (magic === 0x0403_4b50 || magic === 0x0605_4b50) return { kind: "zip", size };
  const compression = compressionOf(start.subarray(0, read));
  if (compression !== "none") return { kind: compression, size };
  if (read === tarBlock && sumOf(start) === Number.parseInt(start.toString("latin1", 148, 156), 8)) {
    return { kind: "none", size };
  }
  if (read === tarBlock && start.every((byte) => byte === 0)) return { kind: "none", size };
  throw damaged(path, "it is none of .zip, .tar, .tar.gz and .tar.zst");
}
