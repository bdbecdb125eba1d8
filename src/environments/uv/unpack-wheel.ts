import { promisify } from "node:util";
import { fromBuffer, type Entry, type ZipFile } from "yauzl";
import { ToolError } from "../../model/index.ts";

const openZip = promisify<Buffer, { lazyEntries: true }, ZipFile>(fromBuffer);

/** The one file of a wheel (a zip) whose name ends in one of `endings`. Throws ToolError DOWNLOAD_FAILED. */
export async function fileOfWheel(wheel: Buffer, endings: readonly string[]): Promise<Buffer> {
  const zip = await openZip(wheel, { lazyEntries: true });
  try {
    return await new Promise((resolve, reject) => {
      zip.on("error", reject);
      zip.on("end", () =>
        reject(new ToolError("DOWNLOAD_FAILED", `The wheel holds no ${endings.join(" or ")}`)),
      );
      zip.on("entry", (entry: Entry) => {
        if (endings.some((ending) => entry.fileName.endsWith(ending))) {
          void contentOf(zip, entry).then(resolve, reject);
        } else {
          zip.readEntry();
        }
      });
      zip.readEntry();
    });
  } finally {
    zip.close();
  }
}

function contentOf(zip: ZipFile, entry: Entry): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    zip.openReadStream(entry, (error, stream) => {
      if (error !== null) return reject(error);
      const pieces: Buffer[] = [];
      stream.on("data", (piece: Buffer) => pieces.push(piece));
      stream.on("error", reject);
      stream.on("end", () => resolve(Buffer.concat(pieces)));
    });
  });
}
