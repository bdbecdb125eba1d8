/** How an opcode's argument is laid out: nothing, a number of so many bytes, a length of so many bytes, or lines. */
export type Argument =
  | { readonly kind: "none" }
  | { readonly kind: "integer"; readonly size: 1 | 2 | 4; readonly signed: boolean }
  | { readonly kind: "float" }
  | { readonly kind: "counted"; readonly size: 1 | 4 | 8 }
  | { readonly kind: "lines"; readonly count: 1 | 2 };

/**
 * What an opcode means to the comparison. Values of one family are the same however they are encoded; `frame` says
 * nothing of the value; `put` and `get` are the memo; `plain` counts as it stands.
 */
type Family = "str" | "bytes" | "int" | "float" | "put" | "memoize" | "get" | "frame" | "stop" | "plain";

export interface Opcode {
  readonly name: string;
  readonly family: Family;
  readonly argument: Argument;
}

const none: Argument = { kind: "none" };
const line: Argument = { kind: "lines", count: 1 };
const lines: Argument = { kind: "lines", count: 2 };
const unsigned = (size: 1 | 2 | 4): Argument => ({ kind: "integer", size, signed: false });
const signed: Argument = { kind: "integer", size: 4, signed: true };
const counted = (size: 1 | 4 | 8): Argument => ({ kind: "counted", size });

const table: readonly (readonly [number, string, Argument, Family?])[] = [
  [0x28, "MARK", none],
  [0x2e, "STOP", none, "stop"],
  [0x30, "POP", none],
  [0x31, "POP_MARK", none],
  [0x32, "DUP", none],
  [0x46, "FLOAT", line],
  [0x49, "INT", line],
  [0x4a, "BININT", signed, "int"],
  [0x4b, "BININT1", unsigned(1), "int"],
  [0x4c, "LONG", line],
  [0x4d, "BININT2", unsigned(2), "int"],
  [0x4e, "NONE", none],
  [0x50, "PERSID", line],
  [0x51, "BINPERSID", none],
  [0x52, "REDUCE", none],
  [0x53, "STRING", line],
  [0x54, "BINSTRING", counted(4)],
  [0x55, "SHORT_BINSTRING", counted(1)],
  [0x56, "UNICODE", line],
  [0x58, "BINUNICODE", counted(4), "str"],
  [0x61, "APPEND", none],
  [0x62, "BUILD", none],
  [0x63, "GLOBAL", lines],
  [0x64, "DICT", none],
  [0x65, "APPENDS", none],
  [0x67, "GET", line, "get"],
  [0x68, "BINGET", unsigned(1), "get"],
  [0x69, "INST", lines],
  [0x6a, "LONG_BINGET", unsigned(4), "get"],
  [0x6c, "LIST", none],
  [0x6f, "OBJ", none],
  [0x70, "PUT", line, "put"],
  [0x71, "BINPUT", unsigned(1), "put"],
  [0x72, "LONG_BINPUT", unsigned(4), "put"],
  [0x73, "SETITEM", none],
  [0x74, "TUPLE", none],
  [0x75, "SETITEMS", none],
  [0x7d, "EMPTY_DICT", none],
  [0x5d, "EMPTY_LIST", none],
  [0x29, "EMPTY_TUPLE", none],
  [0x47, "BINFLOAT", { kind: "float" }, "float"],
  [0x80, "PROTO", unsigned(1), "frame"],
  [0x81, "NEWOBJ", none],
  [0x82, "EXT1", unsigned(1)],
  [0x83, "EXT2", unsigned(2)],
  [0x84, "EXT4", signed],
  [0x85, "TUPLE1", none],
  [0x86, "TUPLE2", none],
  [0x87, "TUPLE3", none],
  [0x88, "NEWTRUE", none],
  [0x89, "NEWFALSE", none],
  [0x8a, "LONG1", counted(1)],
  [0x8b, "LONG4", counted(4)],
  [0x42, "BINBYTES", counted(4), "bytes"],
  [0x43, "SHORT_BINBYTES", counted(1), "bytes"],
  [0x8c, "SHORT_BINUNICODE", counted(1), "str"],
  [0x8d, "BINUNICODE8", counted(8), "str"],
  [0x8e, "BINBYTES8", counted(8), "bytes"],
  [0x8f, "EMPTY_SET", none],
  [0x90, "ADDITEMS", none],
  [0x91, "FROZENSET", none],
  [0x92, "NEWOBJ_EX", none],
  [0x93, "STACK_GLOBAL", none],
  [0x94, "MEMOIZE", none, "memoize"],
  [0x95, "FRAME", counted(8), "frame"],
  [0x96, "BYTEARRAY8", counted(8)],
  [0x97, "NEXT_BUFFER", none],
  [0x98, "READONLY_BUFFER", none],
];

/** Python's pickle opcodes, protocols 0 to 5 (Lib/pickletools.py, PEP 307, 3154, 574), by their byte. */
export const opcodes: ReadonlyMap<number, Opcode> = new Map(
  table.map(([code, name, argument, family = "plain"]) => [code, { name, family, argument }]),
);
