import { readLayer } from "../read/read-layer.ts";
import type { StoredImage, StoredLayer } from "../read/stored-image.ts";
import { imageKeeper } from "../read/unpack-image.ts";
import { fieldDifferences, type FieldDifference } from "./config-differences.ts";
import { compareMembers, type FileDifferences } from "./file-differences.ts";
import { imageTree } from "./image-tree.ts";
import { memberStates, type MemberState } from "./member-state.ts";
import { pairLayers } from "./pair-layers.ts";

/** How two images differ. */
export interface ImageDifference {
  /** Equal configs, which name equal layers: whatever runs is the same. */
  readonly same: boolean;
  readonly a: ImageIdentity;
  readonly b: ImageIdentity;
  readonly config: readonly FieldDifference[];
  /** Annotations and the like, which no container sees. */
  readonly manifest: readonly FieldDifference[];
  readonly layers: readonly LayerDifference[];
  /** Of the trees that containers see, layers put together; null where it was not asked for. */
  readonly tree: FileDifferences | null;
}

export interface ImageIdentity {
  readonly name: string;
  readonly digest: string | null;
  readonly configDigest: string;
  readonly layers: number;
}

export interface LayerDifference {
  /** Counted from 1, the lowest first; null where the image has no such layer. */
  readonly a: number | null;
  readonly b: number | null;
  readonly what: string;
  readonly change: "added" | "removed" | "changed" | "moved" | "order";
  /** Bytes of the blobs, as stored. */
  readonly bytesA: number | null;
  readonly bytesB: number | null;
  /** Null where only one image has it, or it only lies elsewhere. */
  readonly files: FileDifferences | null;
}

export interface DiffOptions {
  /** Files told by name, for each layer. */
  readonly atMost: number;
  /** Compares what containers see instead, whatever the layers. */
  readonly tree: boolean;
}

/**
 * Says by field, layer and file how two images differ; of equal layers nothing is read. Memory grows with the number of
 * files of one layer (of an image, for trees), not with their bytes. Throws as `readLayer`.
 */
export async function diffImages(
  a: StoredImage,
  b: StoredImage,
  options: DiffOptions,
): Promise<ImageDifference> {
  const same = a.configDigest === b.configDigest;
  const trees = options.tree ? await diffTrees(a, b, options.atMost) : null;
  const manifests =
    a.manifest === null || b.manifest === null
      ? []
      : fieldDifferences(a.manifest, b.manifest, ["config", "layers", "schemaVersion"]);
  return {
    same: trees === null ? same : trees.added + trees.removed + trees.changed === 0,
    a: identityOf(a),
    b: identityOf(b),
    config: fieldDifferences(a.config, b.config, ["rootfs", "history"]),
    manifest: manifests,
    layers: same || options.tree ? [] : await diffLayers(a, b, options.atMost),
    tree: trees,
  };
}

async function diffLayers(
  a: StoredImage,
  b: StoredImage,
  atMost: number,
): Promise<readonly LayerDifference[]> {
  const inBoth = new Set(a.layers.map(({ diffId }) => diffId));
  for (const diffId of inBoth) if (!b.layers.some((layer) => layer.diffId === diffId)) inBoth.delete(diffId);
  const found: LayerDifference[] = [];
  for (const pair of pairLayers(a.layers, b.layers)) {
    const [one, other] = [layerAt(a, pair.a), layerAt(b, pair.b)];
    if (one?.diffId === other?.diffId) continue;
    const isChanged = one !== null && other !== null;
    const files = isChanged ? await diffLayer([a, one], [b, other], atMost) : null;
    const only = one ?? other;
    const moved = !isChanged && only !== null && inBoth.has(only.diffId);
    const differs = files === null || files.added + files.removed + files.changed > 0;
    found.push({
      a: pair.a === null ? null : pair.a + 1,
      b: pair.b === null ? null : pair.b + 1,
      what: (one ?? other)?.what ?? "",
      change: moved
        ? "moved"
        : one === null
          ? "added"
          : other === null
            ? "removed"
            : differs
              ? "changed"
              : "order",
      bytesA: one?.size ?? null,
      bytesB: other?.size ?? null,
      files,
    });
  }
  return found;
}

const layerAt = (image: StoredImage, at: number | null): StoredLayer | null =>
  at === null ? null : (image.layers[at] ?? null);

async function diffLayer(
  [imageA, a]: readonly [StoredImage, StoredLayer],
  [imageB, b]: readonly [StoredImage, StoredLayer],
  atMost: number,
): Promise<FileDifferences> {
  const before = new Map<string, MemberState>();
  await readStates(imageA, a, (path, state) => before.set(path, state));
  const compared = compareMembers(before, { atMost, withTimes: true });
  await readStates(imageB, b, compared.take);
  return compared.end();
}

async function readStates(
  image: StoredImage,
  layer: StoredLayer,
  take: (path: string, state: MemberState) => void,
): Promise<void> {
  const target = memberStates(take);
  await readLayer(image.name, layer, target, imageKeeper(image));
  target.end();
}

async function diffTrees(a: StoredImage, b: StoredImage, atMost: number): Promise<FileDifferences> {
  const compared = compareMembers(await imageTree(a), { atMost, withTimes: false });
  for (const [path, state] of await imageTree(b)) compared.take(path, state);
  return compared.end();
}

function identityOf({ name, digest, configDigest, layers }: StoredImage): ImageIdentity {
  return { name, digest, configDigest, layers: layers.length };
}
