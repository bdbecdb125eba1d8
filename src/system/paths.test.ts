import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { decodeName, isInside, joinPath, toNative } from "./index.ts";

const native = (name: string): Buffer => Buffer.from(toNative(name) as string);

/** Bytes of every kind, and pieces of UTF-8 cut off or put together wrongly. */
const bytes = fc
  .array(
    fc.oneof(
      fc.uint8Array({ maxLength: 6 }),
      fc.string({ unit: "binary", maxLength: 4 }).map((text) => Buffer.from(text)),
      fc.constantFrom([0xef, 0xbb, 0xbf], [0xed, 0xb2, 0x80], [0xc3], [0xf0, 0x9f, 0x98], [0xff]),
    ),
    { maxLength: 8 },
  )
  .map((parts) => Buffer.concat(parts.map((part) => Buffer.from(part))));

describe("the name of a file", () => {
  test("comes back byte for byte, whatever its bytes", () => {
    fc.assert(
      fc.property(bytes, (name) => {
        expect(native(decodeName(name)).equals(name)).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  test("is different for different bytes", () => {
    fc.assert(
      fc.property(bytes, bytes, (one, other) => {
        expect(decodeName(one) === decodeName(other)).toBe(one.equals(other));
      }),
      { numRuns: 500 },
    );
  });

  test("survives JSON", () => {
    fc.assert(
      fc.property(bytes, (name) => {
        const carried = JSON.parse(JSON.stringify(decodeName(name))) as string;
        expect(native(carried).equals(name)).toBe(true);
      }),
    );
  });

  test("reads as it looks where it is UTF-8, and keeps each other byte as PEP 383 does", () => {
    expect(decodeName(Buffer.from("données.csv"))).toBe("données.csv");
    expect(decodeName(Buffer.from([0x63, 0x61, 0x66, 0xe9, 0x2e, 0x70, 0x79]))).toBe("caf\udce9.py");
    expect(toNative("données.csv")).toBe("données.csv");
  });

  test("keeps a byte order mark", () => {
    const name = Buffer.from("\ufeffa.py");
    expect(decodeName(name)).toBe("\ufeffa.py");
  });
});

test.each([
  ["/a", "/a", true],
  ["/a", "/a/b", true],
  ["/a", "/ab", false],
  ["/a", "/a/../b", false],
  ["/a/b", "/a", false],
])("isInside(%s, %s) is %s", (outer, inner, inside) => {
  expect(isInside(outer, inner)).toBe(inside);
});

test("joined parts have no dots left", () => {
  expect(joinPath("/a", ".", "b", "../c")).toBe("/a/c");
});
