import { describe, expect, it } from "vitest";
import { ZipFile } from "yazl";
import { compareContent } from "./index.ts";

function npyOf(
  values: readonly number[],
  header: { shape?: string; descr?: string; pad?: number; fortran?: boolean } = {},
) {
  const { shape = `(${values.length},)`, descr = "<f8", pad = 64, fortran = false } = header;
  const text = `{'descr': '${descr}', 'fortran_order': ${fortran ? "True" : "False"}, 'shape': ${shape}, }`;
  const padded = `${text.padEnd(Math.ceil((text.length + 11) / pad) * pad - 11)}\n`;
  const length = Buffer.from([padded.length & 255, padded.length >> 8]);
  const magic = Buffer.from([0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0]);
  return new Uint8Array(
    Buffer.concat([magic, length, Buffer.from(padded), Buffer.from(Float64Array.from(values).buffer)]),
  );
}

async function npzOf(members: Record<string, Uint8Array>, year: number): Promise<Uint8Array> {
  const zip = new ZipFile();
  for (const [name, content] of Object.entries(members)) {
    zip.addBuffer(Buffer.from(content), name, { mtime: new Date(year, 1), compressionLevel: 1 });
  }
  zip.end();
  const parts: Buffer[] = [];
  for await (const part of zip.outputStream) parts.push(Buffer.from(part));
  return new Uint8Array(Buffer.concat(parts));
}

const rule = { paths: ["**"], relative: 1e-6, absolute: 0, ignore: false };

describe("NumPy arrays", () => {
  it("name the element, and say how many differ and by how much", async () => {
    const outcome = await compareContent(
      "a.npy",
      npyOf([1, 2, 3, 4], { shape: "(2, 2)" }),
      npyOf([1, 2, 3, 5], { shape: "(2, 2)" }),
      null,
    );
    expect(outcome.differences).toEqual([{ where: "[1, 1]", before: "4", after: "5" }]);
    expect(outcome.measure).toBe("1 of 4 numbers differ, by 1 at most");
  });

  it("place elements in Fortran order", async () => {
    const header = { shape: "(2, 2)", fortran: true };
    const outcome = await compareContent(
      "a.npy",
      npyOf([1, 2, 3, 4], header),
      npyOf([1, 9, 3, 4], header),
      null,
    );
    expect(outcome.differences[0]?.where).toBe("[1, 0]");
  });

  it("of other shape or type are different, of another header padding are not", async () => {
    const array = npyOf([1, 2]);
    const shaped = await compareContent("a.npy", array, npyOf([1, 2], { shape: "(2, 1)" }), null);
    expect(shaped.differences).toEqual([{ where: "shape", before: "(2)", after: "(2, 1)" }]);
    expect((await compareContent("a.npy", array, npyOf([1, 2], { descr: "<i8" }), null)).verdict).toBe(
      "different",
    );
    expect((await compareContent("a.npy", array, npyOf([1, 2], { pad: 16 }), null)).rules).toEqual([
      "npy-header",
    ]);
  });

  it("are within tolerance by a rule alone, never where one is NaN", async () => {
    const [one, other] = [npyOf([1, 2]), npyOf([1, 2.000001])];
    expect((await compareContent("a.npy", one, other, null)).verdict).toBe("different");
    expect((await compareContent("a.npy", one, other, rule)).verdict).toBe("tolerance");
    expect((await compareContent("a.npy", one, npyOf([1, Number.NaN]), rule)).verdict).toBe("different");
  });

  it("tell 0 from -0", async () => {
    expect((await compareContent("a.npy", npyOf([0]), npyOf([-0]), null)).verdict).toBe("different");
  });
});

describe(".npz", () => {
  it("is compared by member: times are layout, and the order, in which np.load lists them, is not", async () => {
    const [one, other] = [npyOf([1]), npyOf([2])];
    const before = await npzOf({ "a.npy": one, "b.npy": other }, 2020);
    const after = await npzOf({ "a.npy": one, "b.npy": other }, 2024);
    const turned = await npzOf({ "b.npy": other, "a.npy": one }, 2020);
    expect((await compareContent("x.npz", before, turned, null)).differences).toEqual([
      { where: "order of members", before: "a.npy, b.npy", after: "b.npy, a.npy" },
    ]);
    expect(await compareContent("x.npz", before, after, null)).toMatchObject({
      verdict: "normalised",
      rules: ["zip-container"],
    });
    const changed = await compareContent(
      "x.npz",
      before,
      await npzOf({ "a.npy": one, "b.npy": one }, 2020),
      null,
    );
    expect(changed.differences).toEqual([{ where: "b.npy: [0]", before: "2", after: "1" }]);
    const fewer = await compareContent("x.npz", before, await npzOf({ "a.npy": one }, 2020), null);
    expect(fewer.differences).toEqual([{ where: "b.npy", before: "(there)", after: "(missing)" }]);
  });

  it("that is a bomb, or broken, is compared as it is", async () => {
    const whole = await npzOf({ "a.npy": npyOf([1]) }, 2020);
    expect((await compareContent("x.npz", whole, whole.subarray(0, -9), null)).comparator).toBe("bytes");
    const bomb = await npzOf({ "a.npy": new Uint8Array(257 * 1024 * 1024) }, 2020);
    const other = Uint8Array.from(bomb);
    // The time of the member, which alone would be layout.
    other[10] = (other[10] ?? 0) ^ 1;
    expect((await compareContent("x.npz", bomb, other, null)).comparator).toBe("bytes");
  });
});
