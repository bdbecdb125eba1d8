/** An array in NumPy's .npy format (NEP 1), its data still as bytes. */
export interface NpyArray {
  /** NumPy's type descriptor, such as "<f8". */
  readonly descr: string;
  readonly fortranOrder: boolean;
  readonly shape: readonly number[];
  readonly data: Uint8Array;
}

const magic = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59];

export function isNpy(head: Uint8Array): boolean {
  return magic.every((byte, index) => head[index] === byte);
}

/** Null where the bytes are not a whole .npy file of version 1 to 3 with one plain type. */
export function readNpy(bytes: Uint8Array): NpyArray | null {
  if (bytes.length < 12 || !isNpy(bytes)) return null;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const major = bytes[6] ?? 0;
  if (major < 1 || major > 3) return null;
  const start = major === 1 ? 10 : 12;
  const length = major === 1 ? view.getUint16(8, true) : view.getUint32(8, true);
  if (start + length > bytes.length) return null;
  const header = Buffer.from(bytes.subarray(start, start + length)).toString("utf8");
  const match =
    /^\{'descr': '([^'\\]{2,20})', 'fortran_order': (True|False), 'shape': \(([\d, ]*)\), \}\s*$/u.exec(
      header,
    );
  if (match === null) return null;
  const [, descr = "", order, extents = ""] = match;
  const shape = extents.split(",").flatMap((part) => (part.trim() === "" ? [] : [Number(part)]));
  return { descr, fortranOrder: order === "True", shape, data: bytes.subarray(start + length) };
}

export interface NpyNumbers {
  readonly count: number;
  /** Bytes of one number; a complex one counts as two. */
  readonly size: number;
  readonly at: (index: number) => number;
}

/** The data as numbers; null where the type is no number of 8 bytes or fewer, or the length does not fit the shape. */
export function numbersOf(array: NpyArray): NpyNumbers | null {
  const match = /^([<>|=])([fciub])(\d{1,2})$/u.exec(array.descr);
  if (match === null) return null;
  const [, order = "", kind = "", digits = ""] = match;
  const parts = kind === "c" ? 2 : 1;
  const size = Number(digits) / parts;
  const little = order !== ">";
  const read = readerOf(kind === "c" ? "f" : kind === "b" ? "u" : kind, size, little, array.data);
  const count = array.shape.reduce((product, extent) => product * extent, parts);
  return read === null || count * size !== array.data.length ? null : { count, size, at: read };
}

function readerOf(
  kind: string,
  size: number,
  little: boolean,
  data: Uint8Array,
): ((index: number) => number) | null {
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  switch (`${kind}${size}`) {
    case "f2":
      return (index) => view.getFloat16(index * 2, little);
    case "f4":
      return (index) => view.getFloat32(index * 4, little);
    case "f8":
      return (index) => view.getFloat64(index * 8, little);
    case "i1":
      return (index) => view.getInt8(index);
    case "i2":
      return (index) => view.getInt16(index * 2, little);
    case "i4":
      return (index) => view.getInt32(index * 4, little);
    case "i8":
      return (index) => Number(view.getBigInt64(index * 8, little));
    case "u1":
      return (index) => view.getUint8(index);
    case "u2":
      return (index) => view.getUint16(index * 2, little);
    case "u4":
      return (index) => view.getUint32(index * 4, little);
    case "u8":
      return (index) => Number(view.getBigUint64(index * 8, little));
    default:
      return null;
  }
}
