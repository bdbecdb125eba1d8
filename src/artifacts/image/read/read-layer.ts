import crypto from "node:crypto";
import { compressionOf, decompress } from "../../archive/decompress.ts";
import { TarFault, tarReader, type TarTarget } from "../../archive/tar-reader.ts";
import { unsafe, type LimitKeeper } from "../../archive/unpack-limits.ts";
import type { StoredLayer } from "./stored-image.ts";
import { unreadableImage } from "./unreadable.ts";

/**
 * Hands the members of a layer to `target`, in one pass, and checks the blob's size and digest and the tar's own
 * (diff_id) at its end: what the target did is to be thrown away where this throws.
 * Throws ToolError IMAGE_UNREADABLE or UNSAFE_ARCHIVE, and what the target throws.
 */
export async function readLayer(
  image: string,
  layer: StoredLayer,
  target: TarTarget,
  limits: LimitKeeper,
): Promise<void> {
  const reader = tarReader(target);
  await readLayerTar(image, layer, limits, {
    plain: (piece) => reader.push(piece),
    end: () => reader.end(),
  });
}

/** Takes the bytes of a layer. */
interface LayerTaker {
  /** Those of its tar. */
  plain?(piece: Buffer): void;
  /** Those of the blob, as it is stored. */
  stored?(piece: Buffer): void;
  /** All have come; nothing is checked yet. */
  end?(): void;
}

/** As `readLayer`, with bytes instead of members. */
export async function readLayerTar(
  image: string,
  layer: StoredLayer,
  limits: LimitKeeper,
  take: LayerTaker,
): Promise<void> {
  const compression = compressionAt(layer);
  const packed = crypto.createHash("sha256");
  const plain = crypto.createHash("sha256");
  using file = layer.open();
  try {
    await decompress(
      file,
      compression,
      (piece) => {
        limits.countBytes(piece.length);
        plain.update(piece);
        take.plain?.(piece);
      },
      (piece) => {
        take.stored?.(piece);
        if (compression !== "none") packed.update(piece);
      },
    );
    take.end?.();
  } catch (error) {
    if (!(error instanceof TarFault)) throw error;
    if (error.kind === "unsafe") throw unsafe(image, error.message);
    throw unreadableImage(image, `a layer is broken: ${error.message}`, error);
  }
  const diffId = `sha256:${plain.digest("hex")}`;
  const digest = compression === "none" ? diffId : `sha256:${packed.digest("hex")}`;
  if (layer.digest !== null && digest !== layer.digest) {
    throw unreadableImage(image, `the blob ${layer.digest} has the digest ${digest}`);
  }
  if (diffId !== layer.diffId) {
    throw unreadableImage(image, `the layer ${layer.diffId} unpacks to one with the digest ${diffId}`);
  }
}

/** How a layer is compressed, whatever its media type says. */
export function compressionAt(layer: StoredLayer): ReturnType<typeof compressionOf> {
  using file = layer.open();
  const start = Buffer.alloc(4);
  return compressionOf(start.subarray(0, file.read(start)));
}
