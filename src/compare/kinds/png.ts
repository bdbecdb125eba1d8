import type { Difference } from "../../model/index.ts";
import { defineComparator, different, maximumDifferences, normalised, type Result } from "../comparator.ts";
import { isPng, readPng, type PngImage } from "../formats/png.ts";

/** PNG images by decoded pixels: compression, texts and times in the file are layout, all that is seen counts. */
export const png = defineComparator({
  id: "png",
  matches: (_path, head) => isPng(head),
  compare: async (before, after) => {
    const [one, other] = [await readPng(before), await readPng(after)];
    return one === null || other === null ? null : compareImages(one, other);
  },
});

function compareImages(one: PngImage, other: PngImage): Result {
  const header = [
    {
      where: "size in pixels",
      before: `${one.width} x ${one.height}`,
      after: `${other.width} x ${other.height}`,
    },
    { where: "bits per sample", before: `${bits(one)}`, after: `${bits(other)}` },
  ].filter(({ before, after }) => before !== after);
  if (header.length > 0) return different(header, header.map((part) => `${part.where} differs`).join("; "));
  const found = comparePixels(one, other);
  if (found.differing > 0) return different(found.differences, measureOf(found, one));
  if (one.rendering !== other.rendering) {
    const [before, after] = [chunkNames(one), chunkNames(other)];
    return different(
      [{ where: "chunks that change how it is shown", before, after }],
      "0 % of pixels differ",
    );
  }
  return normalised(["png-pixels"], "0 % of pixels differ");
}

interface PixelsCompared {
  readonly differing: number;
  readonly sum: number;
  readonly largest: number;
  readonly differences: readonly Difference[];
}

function comparePixels(one: PngImage, other: PngImage): PixelsCompared {
  const [left, right] = [one.samples, other.samples];
  const differences: Difference[] = [];
  let [differing, sum, largest] = [0, 0, 0];
  for (let at = 0; at < left.length; at += 4) {
    let apart = 0;
    for (let sample = at; sample < at + 4; sample += 1) {
      const distance = Math.abs((left[sample] ?? 0) - (right[sample] ?? 0));
      apart += distance;
      if (distance > largest) largest = distance;
    }
    if (apart === 0) continue;
    differing += 1;
    sum += apart;
    if (differences.length < maximumDifferences) {
      const pixel = at / 4;
      const where = `pixel (${pixel % one.width}, ${Math.floor(pixel / one.width)})`;
      differences.push({ where, before: colour(left, at), after: colour(right, at) });
    }
  }
  return { differing, sum, largest, differences };
}

function measureOf({ differing, sum, largest }: PixelsCompared, image: PngImage): string {
  const pixels = image.width * image.height;
  const share = ((100 * differing) / pixels).toPrecision(3);
  const mean = (sum / image.samples.length).toPrecision(3);
  const scale = bits(image) === 16 ? 65_535 : 255;
  return `${Number(share)} % of pixels differ, mean absolute difference ${Number(mean)} of ${scale}, largest ${largest}`;
}

function bits({ depth }: PngImage): 8 | 16 {
  return depth === 16 ? 16 : 8;
}

function colour(samples: Uint8Array | Uint16Array, at: number): string {
  return `rgba(${[...samples.subarray(at, at + 4)].join(", ")})`;
}

function chunkNames({ rendering }: PngImage): string {
  return rendering
    .replaceAll(/ [\da-f]{40,}/gu, (body) => `${body.slice(0, 32)}…`)
    .trim()
    .slice(0, 200);
}
