import { opcodes, type Argument, type Opcode } from "./pickle-opcodes.ts";

/** One step of what unpickling would do, with how it is encoded left out. */
export interface PickleToken {
  readonly name: string;
  readonly value: Uint8Array | string;
  /** Where the step is a number that a program could have computed. */
  readonly number: number | null;
  /** Offset in the file, in bytes. */
  readonly at: number;
}

/** The bytes are no pickle, or a broken one. */
export class NotPickle extends Error {}

/**
 * Walks pickles that follow each other to the end of the file; nothing is loaded. Framing and the protocol's number are
 * left out. The memo says which object is used again: a use is named by the step after which the object was on top of
 * the stack, which no numbering of the memo changes; and a use of a string is that string, since nothing in Python
 * tells two equal strings apart but `is`.
 */
export function* pickleTokens(bytes: Uint8Array): Generator<PickleToken, undefined> {
  let memo = new Map<string, PickleToken | number>();
  let steps = 0;
  let literal: PickleToken | null = null;
  let at = 0;
  while (at < bytes.length) {
    const opcode = opcodes.get(bytes[at] ?? -1);
    if (opcode === undefined) throw new NotPickle();
    const { value, number, end } = readArgument(opcode.argument, bytes, at + 1, opcode.name === "FRAME");
    const start = at;
    at = end;
    if (opcode.family === "frame") continue;
    if (opcode.family === "put" || opcode.family === "memoize") {
      const key = opcode.family === "put" ? String(value) : String(memo.size);
      memo.set(key, literal ?? steps);
      continue;
    }
    const token =
      opcode.family === "get" ? recall(memo, String(value), start) : tokenOf(opcode, value, number, start);
    literal = token.name === "str" || token.name === "bytes" ? token : null;
    steps += 1;
    yield token;
    if (opcode.family === "stop") {
      memo = new Map();
      literal = null;
    } else if (at >= bytes.length) throw new NotPickle();
  }
  if (steps === 0) throw new NotPickle();
}

function recall(memo: ReadonlyMap<string, PickleToken | number>, key: string, at: number): PickleToken {
  const found = memo.get(key);
  if (found === undefined) throw new NotPickle();
  return typeof found === "number"
    ? { name: "object of step", value: String(found), number: null, at }
    : { ...found, at };
}

function tokenOf(opcode: Opcode, value: Uint8Array | string, number: number | null, at: number): PickleToken {
  const name = opcode.family === "plain" || opcode.family === "stop" ? opcode.name : opcode.family;
  return { name, value, number: name === "int" || name === "float" ? number : null, at };
}

interface ArgumentRead {
  readonly value: Uint8Array | string;
  readonly number: number | null;
  readonly end: number;
}

function readArgument(argument: Argument, bytes: Uint8Array, at: number, isFrame: boolean): ArgumentRead {
  switch (argument.kind) {
    case "none":
      return { value: "", number: null, end: at };
    case "integer": {
      const number = integerAt(bytes, at, argument.size, argument.signed);
      return { value: String(number), number, end: at + argument.size };
    }
    case "float": {
      const value = slice(bytes, at, 8);
      const number = new DataView(value.buffer, value.byteOffset, 8).getFloat64(0);
      return { value, number, end: at + 8 };
    }
    case "counted": {
      const length = lengthAt(bytes, at, argument.size);
      const start = at + argument.size;
      if (isFrame) return { value: "", number: null, end: start };
      return { value: slice(bytes, start, length), number: null, end: start + length };
    }
    case "lines": {
      let end = at;
      for (let line = 0; line < argument.count; line += 1) end = bytes.indexOf(0x0a, end) + 1 || Number.NaN;
      if (Number.isNaN(end)) throw new NotPickle();
      return {
        value: Buffer.from(bytes.subarray(at, end - 1))
          .toString("latin1")
          .trim(),
        number: null,
        end,
      };
    }
  }
}

function slice(bytes: Uint8Array, at: number, length: number): Uint8Array {
  if (length < 0 || at + length > bytes.length) throw new NotPickle();
  return bytes.subarray(at, at + length);
}

function integerAt(bytes: Uint8Array, at: number, size: 1 | 2 | 4, signed: boolean): number {
  const part = slice(bytes, at, size);
  const buffer = Buffer.from(part.buffer, part.byteOffset, size);
  return signed ? buffer.readIntLE(0, size) : buffer.readUIntLE(0, size);
}

function lengthAt(bytes: Uint8Array, at: number, size: 1 | 4 | 8): number {
  const part = slice(bytes, at, size);
  const buffer = Buffer.from(part.buffer, part.byteOffset, size);
  return size === 8 ? Number(buffer.readBigUInt64LE()) : buffer.readUIntLE(0, size);
}
