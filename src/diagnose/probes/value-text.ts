/** Reads what Python's `marshal` (version 2) writes for plain values, as the text that Python shows for them. */
export function marshalText(bytes: Uint8Array): string | null {
  const reader = new MarshalReader(bytes);
  try {
    return shorten(reader.read(0));
  } catch {
    return null;
  }
}

/** The text of one NumPy number, from what is kept of arrays: dtype, shape and bytes. Null for arrays, and for what is no
 *  plain number. */
export function numberText(bytes: Uint8Array): string | null {
  const reader = new MarshalReader(bytes);
  try {
    const [dtype, isScalar, content] = reader.array();
    if (!isScalar) return null;
    const view = new DataView(content.buffer, content.byteOffset, content.byteLength);
    switch (dtype) {
      case "<f8":
        return floatText(view.getFloat64(0, true));
      case "<f4":
        return floatText(Number(view.getFloat32(0, true).toPrecision(8)));
      case "<i8":
        return String(view.getBigInt64(0, true));
      case "<i4":
        return String(view.getInt32(0, true));
      case "|b1":
        return view.getUint8(0) === 0 ? "False" : "True";
      default:
        return null;
    }
  } catch {
    return null;
  }
}

const textLimit = 80;

function shorten(text: string): string {
  return text.length > textLimit ? `${text.slice(0, textLimit - 1)}…` : text;
}

class MarshalReader {
  readonly #bytes: Buffer;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  /** Throws where the bytes end early, or hold what is no plain value. */
  read(depth: number): string {
    if (depth > 20) throw new RangeError("too deep");
    const type = String.fromCharCode(this.#bytes.readUInt8(this.#at));
    this.#at += 1;
    switch (type) {
      case "N":
        return "None";
      case "T":
        return "True";
      case "F":
        return "False";
      case "i":
        return String(this.#int());
      case "l":
        return this.#long();
      case "g":
        return floatText(this.#bytes.readDoubleLE(this.#skip(8)));
      case "u":
        return quote(this.#take(this.#int()).toString("utf8"));
      case "s":
        return `b${quote(this.#take(this.#int()).toString("latin1")).replaceAll(/[^ -~]/gu, hexEscape)}`;
      default:
        throw new RangeError(`unknown type ${type}`);
    }
  }

  /** A tuple of a dtype, a shape and bytes; true where the shape is empty. Throws where it is no such thing. */
  array(): readonly [string, boolean, Buffer] {
    this.#expect("(");
    this.#int();
    this.#expect("u");
    const dtype = this.#take(this.#int()).toString("latin1");
    this.#expect("(");
    if (this.#int() !== 0) return [dtype, false, Buffer.alloc(0)];
    this.#expect("s");
    return [dtype, true, this.#take(this.#int())];
  }

  #expect(type: string): void {
    if (this.#bytes.readUInt8(this.#skip(1)) !== type.charCodeAt(0)) throw new RangeError("another type");
  }

  #long(): string {
    const count = this.#int();
    let value = 0n;
    for (let digit = 0; digit < Math.abs(count); digit += 1) {
      value += BigInt(this.#bytes.readUInt16LE(this.#skip(2))) << BigInt(15 * digit);
    }
    return String(count < 0 ? -value : value);
  }

  #int(): number {
    return this.#bytes.readInt32LE(this.#skip(4));
  }

  #take(size: number): Buffer {
    const from = this.#skip(size);
    return this.#bytes.subarray(from, from + size);
  }

  #skip(size: number): number {
    const from = this.#at;
    if (size < 0 || from + size > this.#bytes.length) throw new RangeError("too short");
    this.#at += size;
    return from;
  }
}

const hexEscape = (character: string): string =>
  String.raw`\x` + (character.codePointAt(0) ?? 0).toString(16).padStart(2, "0");

function floatText(value: number): string {
  if (Number.isNaN(value)) return "nan";
  if (!Number.isFinite(value)) return value > 0 ? "inf" : "-inf";
  return Number.isInteger(value) && Math.abs(value) < 1e16 ? value.toFixed(1) : String(value);
}

function quote(text: string): string {
  const json = JSON.stringify(text.slice(0, textLimit))
    .slice(1, -1)
    .replaceAll(String.raw`\"`, '"');
  return `'${json.replaceAll("'", String.raw`\'`)}'`;
}
