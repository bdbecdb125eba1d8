import path from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { temporaryDirectory } from "../../../system/index.ts";
import { openImage } from "../read/open-image.ts";
import { writeSample, type SampleImage } from "../read/sample-image.ts";
import { diffImages, type ImageDifference } from "./diff-images.ts";

const room = temporaryDirectory("diff-image");
afterAll(() => room[Symbol.dispose]());
let count = 0;

async function diff(a: SampleImage, b: SampleImage, options = {}): Promise<ImageDifference> {
  const write = (image: SampleImage): string =>
    writeSample(path.join(room.path, String((count += 1))), image);
  using one = await openImage(write(a));
  using other = await openImage(write(b));
  return diffImages(one, other, { atMost: 50, tree: false, ...options });
}

const system = [{ name: "bin/sh", content: "sh", mode: 0o755 }];
const code = (content: string) => [
  { name: "app/main.py", content },
  { name: "app/kept", content: "k" },
];

describe("two images", () => {
  test("are the same", async () => {
    expect(await diff({ layers: [system] }, { layers: [system] })).toMatchObject({
      same: true,
      config: [],
      manifest: [],
      layers: [],
    });
  });

  test("are the same where only their blobs are compressed", async () => {
    expect(await diff({ layers: [system] }, { layers: [system], gzip: true })).toMatchObject({
      same: true,
      layers: [],
    });
  });

  test("differ in a file: content, mode, link, owner", async () => {
    const a = [...code("print(1)"), { name: "l", type: "2", link: "x" }, { name: "m" }, { name: "gone" }];
    const b = [
      ...code("print(22)"),
      { name: "l", type: "2", link: "y" },
      { name: "m", mode: 0o755, user: 7 },
      { name: "new" },
    ];
    const { same, layers } = await diff({ layers: [system, a] }, { layers: [system, b] });
    expect(same).toBe(false);
    expect(layers).toHaveLength(1);
    expect(layers[0]).toMatchObject({
      a: 2,
      b: 2,
      what: "layer 2",
      change: "changed",
      files: { added: 1, removed: 1, changed: 3 },
    });
    expect(
      layers[0]?.files?.files.map(({ path, change, aspects }) => [
        path,
        change,
        aspects.map(({ aspect }) => aspect),
      ]),
    ).toEqual([
      ["app/main.py", "changed", ["size", "content"]],
      ["gone", "removed", []],
      ["l", "changed", ["link"]],
      ["m", "changed", ["mode", "owner"]],
      ["new", "added", []],
    ]);
  });

  test("differ in layers that were added, removed and moved", async () => {
    const made = (names: string[]): SampleImage => ({
      layers: names.map((name) => [{ name }]),
      config: { history: names.map((name) => ({ created_by: name })) },
    });
    const { layers } = await diff(made(["a", "b", "c"]), made(["b", "a", "d", "e"]));
    expect(layers.some(({ change }) => change === "moved")).toBe(true);
    expect(layers.some(({ change }) => change === "added")).toBe(true);
  });

  test("differ only in how a layer was written", async () => {
    const { layers } = await diff({ layers: [code("1")] }, { layers: [code("1").toReversed()] });
    expect(layers).toMatchObject([{ change: "order", files: { added: 0, removed: 0, changed: 0 } }]);
  });

  test("differ in their configs, by field", async () => {
    const config = (User: string, more = {}): SampleImage => ({
      layers: [system],
      config: { config: { User, ...more } },
    });
    const { config: fields, same } = await diff(config("1"), config("2", { Labels: { "a.b": "c" } }));
    expect(same).toBe(false);
    expect(fields).toEqual([
      { field: "config.Labels", a: null, b: '{"a.b":"c"}' },
      { field: "config.User", a: '"1"', b: '"2"' },
    ]);
  });

  test("show the same files though their layers differ", async () => {
    const one: SampleImage = { layers: [[...system, { name: "x/old" }, ...code("1")]] };
    const other: SampleImage = {
      layers: [
        system,
        [{ name: "x/old" }, { name: "gone/y" }, ...code("0")],
        [...code("1"), { name: ".wh.gone" }],
      ],
    };
    expect(await diff(one, other, { tree: true })).toMatchObject({
      same: true,
      tree: { added: 0, removed: 0, changed: 0 },
    });
    const { tree } = await diff(one, { layers: [...other.layers, [{ name: "x/.wh.old" }]] }, { tree: true });
    expect(tree).toMatchObject({ removed: 1, files: [{ path: "x/old", change: "removed" }] });
  });

  test("tell no more files than asked for, and count all", async () => {
    const files = Array.from({ length: 30 }, (_, at) => ({ name: `f${at}` }));
    const { layers } = await diff({ layers: [[]] }, { layers: [files] }, { atMost: 5 });
    expect(layers[0]?.files?.added).toBe(30);
    expect(layers[0]?.files?.files).toHaveLength(5);
  });
});
