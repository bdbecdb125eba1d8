import { diffArrays } from "diff";
import type { StoredLayer } from "../read/stored-image.ts";

/** Layers of two images that stand for each other; null where one has no counterpart. */
export interface LayerPair {
  readonly a: number | null;
  readonly b: number | null;
}

/** Pairs the layers of two images: equal ones in their order first, then, between those, what was made the same way. */
export function pairLayers(a: readonly StoredLayer[], b: readonly StoredLayer[]): readonly LayerPair[] {
  const ids = ({ diffId }: StoredLayer): string => diffId;
  return align(a.map(ids), b.map(ids), 0, 0, (fromA, toA, fromB, toB) => {
    const made = ({ what }: StoredLayer): string => what;
    return align(a.slice(fromA, toA).map(made), b.slice(fromB, toB).map(made), fromA, fromB, inOrder);
  });
}

type Between = (fromA: number, toA: number, fromB: number, toB: number) => readonly LayerPair[];

function align(
  a: readonly string[],
  b: readonly string[],
  startA: number,
  startB: number,
  between: Between,
): readonly LayerPair[] {
  const pairs: LayerPair[] = [];
  let [atA, atB] = [startA, startB];
  let [fromA, fromB] = [startA, startB];
  const settle = (): void => {
    if (atA > fromA || atB > fromB) pairs.push(...between(fromA, atA, fromB, atB));
  };
  for (const { added, removed, count } of diffArrays([...a], [...b])) {
    if (added) atB += count;
    else if (removed) atA += count;
    else {
      settle();
      for (let more = 0; more < count; more += 1) pairs.push({ a: atA + more, b: atB + more });
      atA += count;
      atB += count;
      [fromA, fromB] = [atA, atB];
    }
  }
  settle();
  return pairs;
}

function inOrder(fromA: number, toA: number, fromB: number, toB: number): readonly LayerPair[] {
  const count = Math.max(toA - fromA, toB - fromB);
  const place = (at: number, end: number): number | null => (at < end ? at : null);
  return Array.from({ length: count }, (_, more) => ({
    a: place(fromA + more, toA),
    b: place(fromB + more, toB),
  }));
}
