import { createFile, isDirectory, openRead, temporaryDirectory } from "../../../system/index.ts";
import { compressionOf, decompress, type Compression } from "../../archive/decompress.ts";
import { TarFault } from "../../archive/tar-reader.ts";
import { keepLimits } from "../../archive/unpack-limits.ts";
import { archiveFiles } from "./archive-files.ts";
import { folderFiles, type ImageFiles } from "./image-files.ts";
import { imageLimits } from "./image-limits.ts";
import { unreadableImage } from "./unreadable.ts";

/**
 * The files of a stored image: a folder, or a tar, which may be compressed (then it is unpacked into a temporary file).
 * Throws ToolError PATH_UNREADABLE, IMAGE_UNREADABLE, UNSAFE_ARCHIVE or DISK_FULL.
 */
export async function openImageFiles(place: string): Promise<ImageFiles> {
  if (isDirectory(place)) return folderFiles(place);
  const compression = sniff(place);
  if (compression === "none") return archiveFiles(place);
  const room = temporaryDirectory("image");
  try {
    const plain = `${room.path}/image.tar`;
    await writeDecompressed(place, compression, plain);
    const files = archiveFiles(plain);
    return {
      open: (name) => files.open(name),
      [Symbol.dispose]() {
        files[Symbol.dispose]();
        room[Symbol.dispose]();
      },
    };
  } catch (error) {
    room[Symbol.dispose]();
    throw error;
  }
}

function sniff(place: string): Compression {
  using file = openRead(place);
  return compressionOf(file.readAt(0, 4));
}

async function writeDecompressed(place: string, compression: Compression, to: string): Promise<void> {
  using file = openRead(place);
  using output = createFile(to, 0o600);
  const limits = keepLimits(place, file.size, imageLimits);
  try {
    await decompress(file, compression, (piece) => {
      limits.countBytes(piece.length);
      output.write(piece);
    });
  } catch (error) {
    throw error instanceof TarFault ? unreadableImage(place, error.message, error) : error;
  }
}
