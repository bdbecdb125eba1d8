import { inflateSync } from "node:zlib";
import { largestUnpacked } from "./limits.ts";

export interface PngImage {
  readonly width: number;
  readonly height: number;
  /** Samples, four to a pixel (RGBA). 16-bit images keep their 16 bits. */
  readonly samples: Uint8Array | Uint16Array;
  readonly depth: number;
  /** Chunks beside the pixels that change how they are shown (colour space, size in print, animation), as one text. */
  readonly rendering: string;
}

const signature = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];

export function isPng(head: Uint8Array): boolean {
  return signature.every((byte, index) => head[index] === byte);
}

/** Decodes a PNG (ISO/IEC 15948). Null where it is broken, ends too early or would take more than 256 MB. */
export async function readPng(bytes: Uint8Array): Promise<PngImage | null> {
  const { PNG } = await import("pngjs");
  try {
    const layout = readLayout(bytes);
    if (layout === null) return null;
    // Without rescaling 16-bit samples stay whole; smaller ones are wanted on the scale of 8 bits.
    const image = PNG.sync.read(Buffer.from(bytes), { skipRescale: bytes[24] === 16 });
    const samples: unknown = image.data;
    if (!(samples instanceof Uint8Array || samples instanceof Uint16Array)) return null;
    const { width, height, depth } = image;
    return { width, height, depth, samples, rendering: layout };
  } catch {
    return null;
  }
}

// Pixels and palette, which the decoded samples show, and what says something of the file alone: texts, times, Exif.
const shownElsewhere = new Set([
  "IHDR",
  "PLTE",
  "IDAT",
  "IEND",
  "tRNS",
  "hIST",
  "tEXt",
  "zTXt",
  "iTXt",
  "tIME",
  "eXIf",
]);

/** The rendering chunks; null where the file is cut, has bytes after its end or is too large to decode. */
function readLayout(bytes: Uint8Array): string | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const data: Uint8Array[] = [];
  let rendering = "";
  let interlaced = false;
  let at = signature.length;
  for (;;) {
    const length = view.getUint32(at);
    const type = Buffer.from(bytes.subarray(at + 4, at + 8)).toString("latin1");
    const body = bytes.subarray(at + 8, at + 8 + length);
    if (body.length !== length) return null;
    if (type === "IHDR") {
      const samples = view.getUint32(at + 8) * view.getUint32(at + 12) * 4;
      if (samples * (view.getUint8(at + 16) > 8 ? 2 : 1) > largestUnpacked) return null;
      interlaced = view.getUint8(at + 20) !== 0;
    }
    if (type === "IDAT") data.push(body);
    if (!shownElsewhere.has(type)) rendering += `${type} ${Buffer.from(body).toString("hex")}\n`;
    at += length + 12;
    if (type === "IEND") break;
  }
  if (at !== bytes.length) return null;
  // pngjs bounds what it inflates of a plain image, but not of an interlaced one.
  if (interlaced) inflateSync(Buffer.concat(data), { maxOutputLength: largestUnpacked });
  return rendering;
}
