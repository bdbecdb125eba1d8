import { ToolError } from "../../../model/index.ts";
import { exists, isDirectory, listNames, makeDirectory } from "../../../system/index.ts";
import { keepLimits, type UnpackLimits } from "../../archive/unpack-limits.ts";
import { imageLimits } from "./image-limits.ts";
import { readLayer } from "./read-layer.ts";
import { rootfsTarget, type RootfsNotes } from "./rootfs-target.ts";
import type { StoredImage } from "./stored-image.ts";

/**
 * Unpacks an image's layers, in their order, below `destination`, which must be empty or not there yet. The image is
 * taken for hostile: names that lead out, writes through links, names that come twice in a layer, wrong digests and
 * sizes, and more than `limits` allows are refused as a whole. What was written until then stays: unpack into a
 * temporary folder. Throws ToolError UNSAFE_ARCHIVE, IMAGE_UNREADABLE, DISK_FULL or USAGE.
 */
export async function unpackImage(
  image: StoredImage,
  destination: string,
  limits: Partial<UnpackLimits> = {},
): Promise<RootfsNotes> {
  if (exists(destination) && (!isDirectory(destination) || listNames(destination).length > 0)) {
    throw new ToolError("USAGE", `${destination} is not empty: nothing was unpacked`, {
      hint: "Name a folder that does not exist yet.",
    });
  }
  makeDirectory(destination);
  const keeper = imageKeeper(image, limits);
  using target = rootfsTarget(image.name, destination, keeper);
  for (const layer of image.layers) {
    target.nextLayer();
    await readLayer(image.name, layer, target, keeper);
  }
  return target.finish();
}

/** Limits over all layers of an image together. */
export function imageKeeper(
  image: StoredImage,
  limits: Partial<UnpackLimits> = {},
): ReturnType<typeof keepLimits> {
  const packed = image.layers.reduce((sum, { size }) => sum + size, 0);
  return keepLimits(image.name, packed, { ...imageLimits, ...limits });
}
