import { marshalText, numberText } from "./value-text.ts";

/** Form of a payload, as pyhook/rung_hook/probe_stream.py writes it. */
const forms = { none: 0, marshal: 1, pickle: 2, order: 3, text: 4, array: 5 } as const;
const headerSize = 16;
/** A site number for what is no site: the process was forked here. */
const forkSite = 0xffffff;
/** Nor is this one: from here on not every value of the site that its digest names is there. */
const limitSite = 0xfffffe;
/** The most records of a stream. */
const recordLimit = 4_000_000;

/** One record of a stream: what a place in the code gave at one time. */
export interface ValueRecord {
  readonly site: number;
  /** 0 the value; 1 to 13 an object that the call may have changed; 14 the start of a loop; 15 one of its items. */
  readonly part: number;
  /** True where an earlier run's value can be given back in its place. */
  readonly isKept: boolean;
  /** The value in words, where it is plain. */
  readonly text: string | null;
}

/** Two runs side by side at the first record in which they differ. A side is null where its stream has ended. */
export interface StreamDifference {
  readonly first: ValueRecord | null;
  readonly second: ValueRecord | null;
  /** The last record that both have in common. */
  readonly before: ValueRecord | null;
  /** How often the first run's process had forked by then. */
  readonly forks: number;
  /** True where it came after values of a passed site were left out, so that not all of them can have been given back. */
  readonly isBeyond: boolean;
}

/**
 * The first place where two streams of one thread differ; null where there is none. Records of `passed` sites may differ
 * in their value. Bytes that are no records end a stream.
 */
export function firstDifference(
  first: Uint8Array,
  second: Uint8Array,
  passed: ReadonlySet<number> = new Set(),
): StreamDifference | null {
  const a = new Cursor(first);
  const b = new Cursor(second);
  let before: number | null = null;
  let forks = 0;
  let isBeyond = false;
  while (true) {
    if (a.isDone && b.isDone) return null;
    const isSamePlace = !a.isDone && !b.isDone && a.head === b.head;
    const isSame = isSamePlace && (passed.has(a.site) || sameValue(a, b));
    if (!isSame) {
      return {
        first: a.isDone ? null : a.record(),
        second: b.isDone ? null : b.record(),
        before: before === null ? null : new Cursor(first, before).record(),
        forks,
        isBeyond,
      };
    }
    if (a.site === limitSite) isBeyond ||= passed.has(Number(a.digest));
    else if (a.site === forkSite) forks += 1;
    else before = a.at;
    a.next();
    b.next();
  }
}

/** The first record of a stream whose site is not among `same`, as a difference of which only one side is known. */
export function firstOutside(stream: Uint8Array, same: ReadonlySet<number>): StreamDifference | null {
  for (const cursor = new Cursor(stream); !cursor.isDone; cursor.next()) {
    if (cursor.site >= limitSite || same.has(cursor.site)) continue;
    const record = { ...cursor.record(), text: null };
    return { first: record, second: record, before: null, forks: 0, isBeyond: false };
  }
  return null;
}

/** True where a stream does not hold all values of these sites. */
export function isCut(stream: Uint8Array, sites: ReadonlySet<number>): boolean {
  let records = 0;
  for (const cursor = new Cursor(stream); !cursor.isDone; cursor.next()) {
    records += 1;
    if (cursor.site === limitSite && sites.has(Number(cursor.digest))) return true;
  }
  return records >= recordLimit;
}

/** The sites that a stream has records of. */
export function sitesIn(stream: Uint8Array): Set<number> {
  const sites = new Set<number>();
  for (const cursor = new Cursor(stream); !cursor.isDone; cursor.next()) sites.add(cursor.site);
  return sites;
}

/** The sites of which a stream holds some value that can be given back. */
export function keptSites(stream: Uint8Array): Set<number> {
  const sites = new Set<number>();
  for (const cursor = new Cursor(stream); !cursor.isDone; cursor.next())
    if (cursor.form !== forms.none) sites.add(cursor.site);
  return sites;
}

/** Adds what each site of a stream gave to `sums`, in whatever order it came: the same values give the same sums. */
export function addUp(stream: Uint8Array, sums: Map<number, bigint>): void {
  for (const cursor = new Cursor(stream); !cursor.isDone; cursor.next()) {
    const key = cursor.head;
    sums.set(key, BigInt.asUintN(64, (sums.get(key) ?? 0n) + cursor.digest * 0x9e3779b97f4a7c15n + 1n));
  }
}

function sameValue(a: Cursor, b: Cursor): boolean {
  if (!a.sameDigest(b)) return false;
  return a.form !== forms.marshal || b.form !== forms.marshal || a.payload.equals(b.payload);
}

/** A place in a stream; moves on record by record without making objects: streams hold millions. */
class Cursor {
  readonly #bytes: Buffer;
  at: number;

  constructor(bytes: Uint8Array, at = 0) {
    this.#bytes = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.at = at;
  }

  get isDone(): boolean {
    const { length } = this.#bytes;
    return this.at + headerSize > length || this.site === 0 || this.at + headerSize + this.#size > length;
  }

  /** Site and part: what is compared to see whether two runs are at the same place. */
  get head(): number {
    return this.#word & 0xf0ffffff;
  }

  get site(): number {
    return this.#word & 0xffffff;
  }

  get form(): number {
    return (this.#word >>> 24) & 15;
  }

  get payload(): Buffer {
    return this.#bytes.subarray(this.at + headerSize, this.at + headerSize + this.#size);
  }

  get #word(): number {
    return this.#bytes.readUInt32LE(this.at);
  }

  get #size(): number {
    return this.#bytes.readUInt32LE(this.at + 4);
  }

  get digest(): bigint {
    return this.#bytes.readBigUInt64LE(this.at + 8);
  }

  sameDigest(other: Cursor): boolean {
    return this.digest === other.digest;
  }

  next(): void {
    this.at += headerSize + this.#size;
  }

  #text(): string | null {
    if (this.form === forms.marshal) return marshalText(this.payload);
    if (this.form === forms.array) return numberText(this.payload);
    return this.form === forms.text ? this.payload.toString("utf8").slice(0, 80) : null;
  }

  record(): ValueRecord {
    return {
      site: this.site,
      part: this.#word >>> 28,
      isKept: this.form !== forms.none,
      text: this.#text(),
    };
  }
}
