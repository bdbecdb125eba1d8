import { gzipSync } from "node:zlib";
import * as fc from "fast-check";
import { PNG } from "pngjs";
import { describe, expect, it } from "vitest";
import { compareContent, comparators } from "./index.ts";

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);
const rule = (numbers: { relative?: number; absolute?: number }) => ({
  paths: ["**"],
  relative: 0,
  absolute: 0,
  ignore: false,
  ...numbers,
});
const compareText = (path: string, before: string, after: string, numbers = {}) =>
  compareContent(path, bytesOf(before), bytesOf(after), rule(numbers));

function imageOf(fill: number, deflateLevel = 9): PNG & { bytes: Uint8Array } {
  const image = new PNG({ width: 4, height: 4 });
  image.data.fill(fill);
  return Object.assign(image, { bytes: new Uint8Array(PNG.sync.write(image, { deflateLevel })) });
}

const samples: Record<string, readonly Uint8Array[]> = {
  "a.csv": [bytesOf("a,b\n1,2\n"), bytesOf('a,b\n1,"2"\n'), bytesOf('a,"b\n')],
  "a.json": [bytesOf('{"a": 1}'), bytesOf('{"a":1}'), bytesOf("{")],
  "a.png": [imageOf(7).bytes, imageOf(7, 0).bytes, imageOf(9).bytes, imageOf(7).bytes.subarray(0, 40)],
  "a.gz": [gzipSync("x", { level: 1 }), gzipSync("y"), gzipSync("x").subarray(0, 12)],
  "a.ipynb": [bytesOf('{"cells": []}'), bytesOf('{"cells":[{"cell_type":"code","source":"1"}]}')],
  "a.pkl": [
    Uint8Array.of(0x80, 4, 0x4b, 1, 0x2e),
    Uint8Array.of(0x80, 2, 0x4b, 1, 0x2e),
    Uint8Array.of(0x80, 4),
  ],
  "a.txt": [bytesOf("a\n"), bytesOf("b\n"), Uint8Array.of(0xff, 0xfe)],
};
const heads = [
  [],
  [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3],
  [0x80, 4],
  [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0],
  [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52],
  [0x50, 0x4b, 3, 4],
];
const hostile = fc
  .tuple(fc.constantFrom(...heads), fc.uint8Array({ maxLength: 200 }))
  .map(([head, rest]) => Uint8Array.from([...head, ...rest]));
const paths = fc.constantFrom(...Object.keys(samples), "a.npz", "a.npy", "a", "a.joblib", "a.tsv");

describe.each(comparators)("comparator $id", (comparator) => {
  const options = {
    path: "a",
    tolerances: [],
    workPaths: [],
    inner: (path: string, one: Uint8Array, other: Uint8Array) => compareContent(path, one, other, null),
  };

  it("takes arbitrary bytes without throwing, and names a place where they differ", async () => {
    await fc.assert(
      fc.asyncProperty(hostile, hostile, async (one, other) => {
        const result = await comparator.compare(one, other, options);
        if (result !== null) expect(result.differences.length).toBeLessThanOrEqual(10);
        if (result?.verdict === "different") expect(result.differences).not.toHaveLength(0);
      }),
      { numRuns: 150 },
    );
  });

  it("says the same with the sides changed over", async () => {
    for (const contents of Object.values(samples)) {
      for (const one of contents) {
        for (const other of contents) {
          const forth = await comparator.compare(one, other, options);
          const back = await comparator.compare(other, one, options);
          expect(forth?.verdict).toBe(back?.verdict);
        }
      }
    }
  });
});

describe("any content", () => {
  it("is identical to itself and compared alike both ways, at any path", async () => {
    await fc.assert(
      fc.asyncProperty(paths, hostile, hostile, async (path, one, other) => {
        expect((await compareContent(path, one, one, null)).verdict).toBe("identical");
        const forth = await compareContent(path, one, other, null);
        expect(forth.verdict).toBe((await compareContent(path, other, one, null)).verdict);
      }),
      { numRuns: 300 },
    );
  });

  it("larger than 64 MB is compared by bytes, and the measure says so", async () => {
    const large = new Uint8Array(64 * 1024 * 1024 + 1);
    const outcome = await compareContent("a.json", large, large.slice(1), null);
    expect(outcome).toMatchObject({ verdict: "different", comparator: "bytes" });
    expect(outcome.measure).toContain("larger than 64 MB");
  });
});

describe("text files", () => {
  it("are not normalised: an address, a date, a duration or an array's spacing in a data file counts", async () => {
    for (const [before, after] of [
      ["<A at 0x7f0000000001>", "<A at 0x7f0000000002>"],
      ["Wall time: 3 s", "Wall time: 4 s"],
      ["[ 1.  2.]", "[1. 2.]"],
      ["2024-01-01 10:00:00", "2024-01-01 10:00:01"],
      ["a\r\n", "a\n"],
    ] as const) {
      expect((await compareText("result.txt", before, after)).verdict).toBe("different");
    }
  });

  it("name the first lines that differ, after lines put in", async () => {
    const outcome = await compareText("a.log", "a\nb\nc\n", "a\nnew\nb\nc\n");
    expect(outcome.differences).toEqual([{ where: "line 2", before: "(no such line)", after: "new" }]);
  });

  it("take numbers within the rule's tolerance, and nothing else", async () => {
    const close = await compareText("a.txt", "loss 0.50000 of 12", "loss 0.50001 of 12", { relative: 1e-3 });
    expect(close).toMatchObject({ verdict: "tolerance", rules: ["tolerance: relative 0.001"] });
    expect((await compareText("a.txt", "v1.2.3", "v1.2.4", { relative: 1 })).verdict).toBe("different");
    expect((await compareText("a.txt", "ab12", "ab13", { relative: 1 })).verdict).toBe("different");
    expect((await compareText("a.txt", "1.0", "nan", { absolute: 9 })).verdict).toBe("different");
  });

  it("show the place that differs in long lines", async () => {
    const long = "x".repeat(5000);
    const outcome = await compareText("a.txt", `${long}A${long}`, `${long}B${long}`);
    expect(outcome.differences[0]?.before).toMatch(/^…x+Ax+…x+$/u);
    expect(outcome.differences[0]?.before.length).toBeLessThanOrEqual(200);
  });
});

describe("JSON", () => {
  it("is compared by value: layout and escapes are formatting", async () => {
    expect(await compareText("a.json", '{"a": 1.5, "b": "\\u00e9"}', '{"a":1.5,"b":"é"}')).toMatchObject({
      verdict: "normalised",
      rules: ["json-formatting"],
    });
  });

  it("in another order of keys is different, as deep as it may be, and says which came first", async () => {
    const outcome = await compareText("a.json", '[{"a": 1, "b": 2, "c": 3}]', '[{"a": 1, "c": 3, "b": 2}]');
    expect(outcome.differences).toEqual([
      { where: "order of keys in $[0]", before: "a, b, c", after: "a, c, b" },
    ]);
    expect((await compareText("a.geojson", '{"a":1,"b":2}', '{"b":2,"a":1}', { relative: 1 })).verdict).toBe(
      "different",
    );
  });

  it("in which a key was put between others names that key alone", async () => {
    const outcome = await compareText("a.json", '{"a": 1, "c": 3}', '{"a": 1, "b": 2, "c": 3}');
    expect(outcome.differences).toEqual([{ where: "$.b", before: "(missing)", after: "2" }]);
  });

  it("keeps how a number is written: readers that keep decimals tell 1.50 from 1.5", async () => {
    expect((await compareText("a.json", "[1.50]", "[1.5]")).verdict).toBe("different");
    expect((await compareText("a.json", "[1.50]", "[1.5]", { relative: 1e-9 })).verdict).toBe("tolerance");
  });

  it("keeps what numbers of JavaScript would lose, types, and keys named twice", async () => {
    for (const [before, after] of [
      ["[12345678901234567890]", "[12345678901234567891]"],
      ["[0.1000000000000000000001]", "[0.1000000000000000000002]"],
      ["[1]", "[1.0]"],
      ["[0.0]", "[-0.0]"],
      ['{"a":1,"a":2}', '{"a":3,"a":2}'],
      ["[NaN]", "[null]"],
    ] as const) {
      expect((await compareText("a.json", before, after)).verdict, before).toBe("different");
    }
  });

  it("names the place", async () => {
    const outcome = await compareText("a.json", '{"a":[{"b":1}]}', '{"a":[{"b":2}]}');
    expect(outcome.differences).toEqual([{ where: "$.a[0].b", before: "1", after: "2" }]);
  });
});

describe("CSV", () => {
  it("names row and column, and takes quoting for layout", async () => {
    const outcome = await compareText("a.csv", 'id,price\n1,"2.5"\n2,3\n', "id,price\r\n1,2.5\r\n2,4\r\n");
    expect(outcome.differences).toEqual([{ where: "row 3, column price", before: "3", after: "4" }]);
    expect((await compareText("a.csv", 'a,b\n1,"x"\n', "a,b\n1,x")).rules).toEqual(["csv-formatting"]);
  });

  it("keeps every cell's text: 1 is not 1.0, and space counts", async () => {
    expect((await compareText("a.csv", "a\n1\n", "a\n1.0\n")).verdict).toBe("different");
    expect((await compareText("a.csv", "a\n x\n", "a\nx\n")).verdict).toBe("different");
    expect((await compareText("a.csv", "a,b\n1,2\n", "a;b\n1;2\n")).verdict).toBe("different");
    expect((await compareText("a.csv", "a\n1\n", "a\n1\n2\n")).differences[0]?.where).toBe("row 3");
  });

  it("in another order of rows or columns is different", async () => {
    expect((await compareText("a.csv", "a\n1\n2\n", "a\n2\n1\n")).verdict).toBe("different");
    expect((await compareText("a.csv", "a,b\n1,2\n", "b,a\n2,1\n")).verdict).toBe("different");
  });

  it("falls back to text where it is no table", async () => {
    expect((await compareText("a.csv", 'a\n"b\n', 'a\n"c\n')).comparator).toBe("text");
  });
});

describe("PNG", () => {
  it("of equal pixels is equal, whatever its compression", async () => {
    const outcome = await compareContent("a.png", imageOf(7, 9).bytes, imageOf(7, 0).bytes, null);
    expect(outcome).toMatchObject({ verdict: "normalised", rules: ["png-pixels"] });
  });

  it("of other pixels says how far they are apart", async () => {
    const changed = imageOf(7);
    changed.data[5] = 17;
    const outcome = await compareContent("a.png", imageOf(7).bytes, PNG.sync.write(changed), null);
    expect(outcome.verdict).toBe("different");
    expect(outcome.measure).toBe(
      "6.25 % of pixels differ, mean absolute difference 0.156 of 255, largest 10",
    );
    expect(outcome.differences[0]?.where).toBe("pixel (1, 0)");
  });
});

describe("gzip", () => {
  it("is compared by what it holds", async () => {
    const touched = gzipSync("a,b\n1,2\n");
    touched[4] = 99;
    expect(await compareContent("a.csv.gz", gzipSync("a,b\n1,2\n"), touched, null)).toMatchObject({
      verdict: "normalised",
      rules: ["gzip-container"],
    });
    const other = await compareContent("a.csv.gz", gzipSync("a,b\n1,2\n"), gzipSync("a,b\n1,3\n"), null);
    expect(other.differences).toEqual([{ where: "row 2, column b", before: "2", after: "3" }]);
  });

  it("is compared as it is where bytes follow, or where it would unpack to too much", async () => {
    const followed = Buffer.concat([gzipSync("a"), Buffer.from([0, 0])]);
    expect((await compareContent("a.gz", gzipSync("a"), followed, null)).verdict).toBe("different");
    const bomb = gzipSync(Buffer.alloc(257 * 1024 * 1024), { level: 1 });
    const other = Uint8Array.from(bomb);
    other[4] = 1;
    expect(await compareContent("a.gz", bomb, other, null)).toMatchObject({ comparator: "bytes" });
  });
});
