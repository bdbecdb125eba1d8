import type { UnpackLimits } from "../../archive/unpack-limits.ts";

/** What an image may unpack to before it is taken for a bomb: images with several toolkits for GPUs stay below. */
export const imageLimits: UnpackLimits = { bytes: 60e9, entries: 1_000_000, ratio: 200 };
/** JSON of an image; the specification lets registries refuse larger manifests. */
export const mostJsonBytes = 4 << 20;
/** Overlay file systems take at most 500 layers, Docker 127. */
export const mostLayers = 500;
