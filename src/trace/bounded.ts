/** A map that takes `limit` keys and counts what came beyond them: what a hostile run writes has no end. */
export class Bounded<T> {
  readonly #limit: number;
  readonly #entries = new Map<string, T>();
  dropped = 0;

  constructor(limit: number) {
    this.#limit = limit;
  }

  get(key: string): T | undefined {
    return this.#entries.get(key);
  }

  /** The entry of a key, made where it is new; null where there is no room for it. */
  take(key: string, make: () => T): T | null {
    const known = this.#entries.get(key);
    if (known !== undefined) return known;
    if (this.#entries.size >= this.#limit) {
      this.dropped += 1;
      return null;
    }
    const made = make();
    this.#entries.set(key, made);
    return made;
  }

  values(): T[] {
    return [...this.#entries.values()];
  }

  get size(): number {
    return this.#entries.size;
  }
}
