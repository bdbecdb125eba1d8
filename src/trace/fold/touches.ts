import type { CodePlace, Touch } from "../../model/index.ts";
import { Bounded } from "../bounded.ts";
import type { TraceEvent } from "../event.ts";
import { limits } from "../limits.ts";
import type { Places } from "../places.ts";
import { shorten } from "./processes.ts";

interface Counted {
  readonly what: string;
  readonly at: TraceEvent["at"];
  count: number;
}

/** Touches of one kind: each function at each place once, with how often. */
export class Touches {
  readonly #all = new Bounded<Counted>(limits.touches);

  add(what: string, at: TraceEvent["at"], times = 1): void {
    if (times < 1) return;
    const name = shorten(what);
    const one = this.#all.take(at === null ? name : `${name}\0${at[1]}\0${at[0]}`, () => ({
      what: name,
      at,
      count: 0,
    }));
    if (one !== null) one.count += times;
  }

  get dropped(): number {
    return this.#all.dropped;
  }

  /** Those of the project's own code, but for what a library does while it is imported. */
  ofOwnCode(place: Places): readonly Touch[] {
    const own = this.#all.values().filter(({ at }) => place(at) !== null && !place.isImport(at));
    return own.map(({ what, at, count }) => ({ what, at: place(at), count }));
  }

  finish(place: Places): readonly Touch[] {
    return ownFirst(this.#all.values(), place).map(({ what, at, count }) => ({ what, at: place(at), count }));
  }
}

/** Things seen once each, by a key, with the first place at which each was seen. */
export class FirstPlaces<T> {
  readonly #all = new Bounded<{ readonly value: T; at: TraceEvent["at"] }>(limits.touches);

  add(value: T, at: TraceEvent["at"]): void {
    const one = this.#all.take(JSON.stringify(value), () => ({ value, at }));
    if (one !== null) one.at ??= at;
  }

  get dropped(): number {
    return this.#all.dropped;
  }

  finish(place: Places): readonly (T & { readonly at: CodePlace | null })[] {
    return ownFirst(this.#all.values(), place).map(({ value, at }) => ({ ...value, at: place(at) }));
  }
}

/** What the project's own code does comes before what a library does while it is imported, and without that code. */
function ownFirst<T extends { readonly at: TraceEvent["at"] }>(
  all: readonly T[],
  place: Places,
): readonly T[] {
  const rank = ({ at }: T): number => (at === null ? 2 : place.isImport(at) ? 1 : 0);
  return Array.from(all, (one) => ({ one, rank: rank(one) }))
    .sort((a, b) => a.rank - b.rank)
    .map(({ one }) => one);
}
