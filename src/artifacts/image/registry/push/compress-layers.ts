import crypto from "node:crypto";
import { createFile, fileSize, joinPath, openRead, type FileReader } from "../../../../system/index.ts";
import { compressors, type Compressor } from "../../../archive/compressed-pieces.ts";
import { writeInOrder } from "../../../archive/ordered-write.ts";
import { jsonBlob } from "../../oci/blob.ts";
import { hexOf, mediaTypes, type Descriptor } from "../../oci/descriptor.ts";
import { listOf, recordOf, textOf, type Json } from "../../read/json.ts";
import type { ImageToPush, ManifestToPush } from "./image-to-push.ts";
import type { Sendable } from "./sendable.ts";

/**
 * The image with its layers compressed, those that are not yet. Config and diff_ids, and so what engines call its id, stay;
 * manifests get other digests, and what is attached to it is attached to the new ones. The files go to `folder`.
 * Equal layers give equal files with one release of Node (whose zlib and zstd it is).
 */
export async function compressLayers(
  image: ImageToPush,
  compressor: Compressor,
  folder: string,
  progress: (message: string) => void,
): Promise<ImageToPush> {
  const plain = new Set(
    image.manifests.flatMap(({ content }) =>
      listOf(content["layers"]).flatMap((layer) =>
        textOf(recordOf(layer)["mediaType"]) === mediaTypes.layer
          ? (textOf(recordOf(layer)["digest"]) ?? [])
          : [],
      ),
    ),
  );
  const renamed = new Map<string, Partial<Descriptor>>();
  const blobs: Sendable[] = [];
  for (const blob of image.blobs) {
    if (!plain.has(blob.digest)) blobs.push(blob);
    else {
      progress(`compressing ${blob.name}`);
      const smaller = await compressBlob(blob, compressor, folder);
      const { digest, size } = smaller;
      renamed.set(blob.digest, { mediaType: `${mediaTypes.layer}+${compressor}`, digest, size });
      blobs.push(smaller);
    }
  }
  const change = ({ descriptor, content }: ManifestToPush): ManifestToPush => {
    const next = renamedIn(content, renamed);
    const blob = jsonBlob(descriptor.mediaType, next);
    const bytes = "bytes" in blob.content ? blob.content.bytes : Buffer.alloc(0);
    const { digest, size } = blob.descriptor;
    renamed.set(descriptor.digest, { digest, size });
    return { descriptor: { ...descriptor, digest, size }, bytes, content: next };
  };
  // In this order: an index comes behind what it lists.
  return { blobs, manifests: image.manifests.map(change), referrers: image.referrers.map(change) };
}

/** A manifest or an index, with the new names of what it refers to. */
function renamedIn(content: Json, renamed: ReadonlyMap<string, Partial<Descriptor>>): Json {
  const rename = (value: unknown): unknown => {
    const next = renamed.get(textOf(recordOf(value)["digest"]) ?? "");
    return next === undefined ? value : { ...recordOf(value), ...next };
  };
  const lists = ["layers", "manifests"].filter((name) => name in content);
  return {
    ...content,
    ...Object.fromEntries(lists.map((name) => [name, listOf(content[name]).map(rename)])),
    ...("subject" in content ? { subject: rename(content["subject"]) } : {}),
  };
}

async function compressBlob(blob: Sendable, compressor: Compressor, folder: string): Promise<Sendable> {
  const path = joinPath(folder, hexOf(blob.digest));
  const hash = crypto.createHash("sha256");
  const { inFlight, pieces } = compressors[compressor];
  {
    using from = blob.open();
    using to = createFile(path, 0o600);
    await writeInOrder(
      pieces((take) => blocksOf(from, take)),
      inFlight,
      (bytes) => {
        hash.update(bytes);
        to.write(bytes);
      },
    );
  }
  return {
    name: blob.name,
    digest: `sha256:${hash.digest("hex")}`,
    size: fileSize(path) ?? 0,
    open: () => openRead(path),
  };
}

function* blocksOf(file: Pick<FileReader, "read">, take: () => Buffer): Generator<Buffer> {
  for (;;) {
    const block = take();
    let filled = 0;
    for (let read = -1; read !== 0 && filled < block.length; filled += read) {
      read = file.read(block.subarray(filled));
    }
    if (filled === 0) return;
    yield block.subarray(0, filled);
  }
}
