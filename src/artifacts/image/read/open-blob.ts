import type { Descriptor } from "../oci/descriptor.ts";
import { blobName } from "./checked-json.ts";
import type { FileFrom, ImageFiles } from "./image-files.ts";
import { unreadableImage } from "./unreadable.ts";

/** A blob of the size that is stated, its content unchecked. Throws ToolError IMAGE_UNREADABLE. */
export function openBlob(
  files: ImageFiles,
  image: string,
  { digest, size }: Pick<Descriptor, "digest" | "size">,
): FileFrom {
  const file = files.open(blobName(digest));
  if (file === null) throw unreadableImage(image, `the blob ${digest} is missing`);
  if (file.size === size) return file;
  file[Symbol.dispose]();
  throw unreadableImage(image, `the blob ${digest} has ${file.size} bytes, and ${size} are stated`);
}
