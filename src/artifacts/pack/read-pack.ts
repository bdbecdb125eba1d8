import { ToolError } from "../../model/index.ts";
import { temporaryDirectory, joinPath, listNames, exists, readBytes } from "../../system/index.ts";
import { unpackArchive } from "../archive/unpack-archive.ts";
import { readLinks, readSums } from "./checksums.ts";

/** A pack of Rung's, unpacked; it goes when it is disposed of. */
export interface UnpackedPack extends Disposable {
  /** Absolute path of the folder at its top. */
  readonly folder: string;
  readonly name: string;
  /** sha256 (hex) by path. */
  readonly files: ReadonlyMap<string, string>;
  /** Targets by path, as LINKS writes them. */
  readonly links: ReadonlyMap<string, string>;
}

/** What a pack may unpack to: interpreters and packages are many files, and large ones. */
const limits = { bytes: 200e9, entries: 2_000_000 };

/** Unpacks a pack into a temporary folder. Throws ToolError USAGE for what is no pack of Rung's, and as unpackArchive. */
export async function unpackPack(archive: string, workDirectory?: string): Promise<UnpackedPack> {
  const room = temporaryDirectory("pack", workDirectory);
  try {
    const home = joinPath(room.path, "unpacked");
    await unpackArchive(archive, home, limits);
    const [name = "", ...others] = listNames(home);
    const folder = joinPath(home, name);
    if (others.length > 0 || !exists(joinPath(folder, "SHA256SUMS")) || !exists(joinPath(folder, "bundle.json"))) {
      throw new ToolError("USAGE", `${archive} is no pack that rung wrote`, {
        hint: "Name the file that rung pack wrote.",
      });
    }
    const links = joinPath(folder, "LINKS");
    return {
      folder,
      name,
      files: readSums(readBytes(joinPath(folder, "SHA256SUMS"))),
      links: exists(links) ? readLinks(readBytes(links)) : new Map(),
      [Symbol.dispose]: () => room[Symbol.dispose](),
    };
  } catch (error) {
    room[Symbol.dispose]();
    throw error;
  }
}
