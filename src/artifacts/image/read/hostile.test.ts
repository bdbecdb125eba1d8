import { execFileSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { temporaryDirectory } from "../../../system/index.ts";
import { openImage } from "./open-image.ts";
import { tarOf, writeSample, type SampleImage, type Stated } from "./sample-image.ts";
import { unpackImage } from "./unpack-image.ts";

const room = temporaryDirectory("hostile-image");
afterAll(() => room[Symbol.dispose]());
const outside = path.join(room.path, "outside");
fs.mkdirSync(outside);
fs.writeFileSync(path.join(outside, "kept"), "kept");

let count = 0;
const place = (name: string): string => path.join(room.path, `${name}-${(count += 1)}`);

/** The code of the error that reading and unpacking gives; "unpacked" where it gives none. */
async function outcome(image: string, limits = {}): Promise<string> {
  try {
    using opened = await openImage(image);
    await unpackImage(opened, place("root"), limits);
    return "unpacked";
  } catch (error) {
    return `${(error as { code?: string }).code ?? String(error)}: ${(error as Error).message.replaceAll(room.path, "")}`;
  }
}

function untouched(): void {
  expect(fs.readdirSync(outside)).toEqual(["kept"]);
  expect(fs.readFileSync(path.join(outside, "kept"), "utf8")).toBe("kept");
  expect(fs.existsSync(path.join(room.path, "planted"))).toBe(false);
}

const link = (name: string, to: string): Stated => ({ name, type: "2", link: to });
const folder = (name: string): Stated => ({ name, type: "5", mode: 0o755 });
const many = (names: number): Stated[] => Array.from({ length: names }, (_, at) => ({ name: `f${at}` }));

/** Layers, and what is said of them. */
const hostileLayers: readonly (readonly [string, readonly (readonly Stated[] | Buffer)[], RegExp])[] = [
  ["a name with ..", [[{ name: "../planted" }]], /UNSAFE_ARCHIVE.*leads out/u],
  ["a name with .. inside", [[{ name: "a/../../planted" }]], /UNSAFE_ARCHIVE.*leads out/u],
  ["an absolute name", [[{ name: `${outside}/planted` }]], /UNSAFE_ARCHIVE.*absolute/u],
  ["a backslash name that leads out", [[{ name: "..\\planted" }]], /UNSAFE_ARCHIVE/u],
  [
    "a file below an absolute link",
    [[link("x", outside), { name: "x/planted" }]],
    /UNSAFE_ARCHIVE.*no folder/u,
  ],
  ["a file below a relative link", [[link("x", "../outside"), { name: "x/planted" }]], /UNSAFE_ARCHIVE/u],
  ["a folder below a link", [[link("x", outside), folder("x/planted/")]], /UNSAFE_ARCHIVE/u],
  ["a file over a link", [[link("x", `${outside}/kept`), { name: "x", content: "other" }]], /comes twice/u],
  ["a file below a file", [[{ name: "x" }, { name: "x/y" }]], /UNSAFE_ARCHIVE.*no folder/u],
  ["a file twice", [[{ name: "x" }, { name: "./x" }]], /comes twice/u],
  ["a folder that becomes a file", [[{ name: "a/b" }, { name: "a" }]], /comes twice/u],
  ["a hard link out", [[{ name: "x", type: "1", link: "../outside/kept" }]], /UNSAFE_ARCHIVE.*leads out/u],
  [
    "an absolute hard link",
    [[{ name: "x", type: "1", link: `${outside}/kept` }]],
    /UNSAFE_ARCHIVE.*absolute/u,
  ],
  [
    "a hard link through a link",
    [[link("d", outside), { name: "x", type: "1", link: "d/kept" }]],
    /UNSAFE_ARCHIVE/u,
  ],
  ["a hard link to nothing", [[{ name: "x", type: "1", link: "y" }]], /hard link to no file/u],
  ["a hard link to a folder", [[folder("d/"), { name: "x", type: "1", link: "d" }]], /hard link to no file/u],
  ["a hard link to itself", [[{ name: "x" }], [{ name: "x", type: "1", link: "x" }]], /hard link to itself/u],
  ["a whiteout of ..", [[{ name: "a/.wh..." }]], /hides a folder above/u],
  ["a whiteout of nothing", [[{ name: ".wh." }]], /hides a folder above/u],
  ["a file below a whiteout", [[{ name: ".wh.a/b" }]], /only hides/u],
  ["a whiteout below a link", [[link("x", outside), { name: "x/.wh.kept" }]], /UNSAFE_ARCHIVE/u],
  ["links in a circle", [[link("a", "b"), link("b", "a")], [{ name: "a/x" }]], /circle/u],
  ["a link to nothing", [[link("a", "")]], /link to nothing/u],
  ["an entry without a name", [[{ name: "." }]], /without a name/u],
  [
    "content behind a link",
    [[{ name: "x", type: "2", link: "y", content: "z" }]],
    /UNSAFE_ARCHIVE.*content/u,
  ],
  ["content behind a device", [[{ name: "x", type: "3", content: "z" }]], /UNSAFE_ARCHIVE.*content/u],
  ["an unknown kind", [[{ name: "x", type: "S" }]], /UNSAFE_ARCHIVE.*not known/u],
  ["a size beyond the end", [[{ name: "x", size: 1e9 }]], /IMAGE_UNREADABLE.*cut off/u],
  [
    "a wrong checksum",
    [Buffer.from(tarOf([{ name: "x" }]).map((byte, at) => (at === 0 ? byte + 1 : byte)))],
    /checksum/u,
  ],
  [
    "no tar at all",
    [Buffer.from("nothing of the kind, said at some length".repeat(40))],
    /IMAGE_UNREADABLE/u,
  ],
  [
    "half a tar",
    [tarOf([{ name: "x", content: "y".repeat(9000) }]).subarray(0, 5000)],
    /IMAGE_UNREADABLE.*cut off/u,
  ],
  ["a name of another encoding that leads out", [[{ name: "\u00e9/../../planted" }]], /UNSAFE_ARCHIVE/u],
  [
    "an extended header that does not end",
    [[{ name: "x", type: "x", content: "99 path=../planted\n" }]],
    /IMAGE_UNREADABLE/u,
  ],
  [
    "an extended name that leads out",
    [[{ name: "p", type: "x", content: "19 path=../planted\n" }, { name: "x" }]],
    /UNSAFE_ARCHIVE/u,
  ],
  [
    "a sparse file",
    [[{ name: "p", type: "x", content: "21 GNU.sparse.map=1\n".padEnd(21, "x") }, { name: "x" }]],
    /UNSAFE_ARCHIVE|IMAGE_UNREADABLE/u,
  ],
];

describe("a layer is refused, and nothing is written outside, with", () => {
  test.each(hostileLayers)("%s", async (_, layers, said) => {
    for (const gzip of [false, true]) {
      expect(await outcome(writeSample(place("image"), { layers, gzip }))).toMatch(said);
      untouched();
    }
  });
});

const plain: SampleImage = { layers: [[{ name: "a", content: "b" }]] };
const other = `sha256:${"0".repeat(64)}`;

const hostileJson: readonly (readonly [string, SampleImage, RegExp])[] = [
  [
    "a layer of another digest",
    { ...plain, change: { manifest: (m) => ({ ...m, layers: [{ ...m.layers[0], digest: other }] }) } },
    /missing/u,
  ],
  [
    "a layer of another size",
    { ...plain, change: { manifest: (m) => ({ ...m, layers: [{ ...m.layers[0], size: 1 }] }) } },
    /1 are stated/u,
  ],
  [
    "a digest that is a path",
    {
      ...plain,
      change: {
        manifest: (m) => ({ ...m, layers: [{ ...m.layers[0], digest: "sha256:../../outside/kept" }] }),
      },
    },
    /no sha256 digest/u,
  ],
  [
    "a size that is no number",
    { ...plain, change: { manifest: (m) => ({ ...m, layers: [{ ...m.layers[0], size: "9" }] }) } },
    /no number/u,
  ],
  [
    "an unknown media type",
    {
      ...plain,
      change: { manifest: (m) => ({ ...m, layers: [{ ...m.layers[0], mediaType: "text/plain" }] }) },
    },
    /text\/plain is not known/u,
  ],
  [
    "an encrypted layer",
    {
      ...plain,
      change: {
        manifest: (m) => ({
          ...m,
          layers: [{ ...m.layers[0], mediaType: "application/vnd.oci.image.layer.v1.tar+gzip+encrypted" }],
        }),
      },
    },
    /not known/u,
  ],
  [
    "a wrong diff_id",
    { ...plain, change: { config: (c) => ({ ...c, rootfs: { diff_ids: [other] } }) } },
    /unpacks to one with the digest/u,
  ],
  [
    "more diff_ids than layers",
    { ...plain, change: { config: (c) => ({ ...c, rootfs: { diff_ids: [other, other] } }) } },
    /names 2/u,
  ],
  ["no platform", { ...plain, change: { config: (c) => ({ ...c, os: 7 }) } }, /no platform/u],
  [
    "another platform",
    {
      ...plain,
      change: {
        index: (i) => ({
          manifests: (i["manifests"] as object[]).map((m) => ({
            ...m,
            platform: { os: "plan9", architecture: "vax" },
          })),
        }),
      },
    },
    /no image for linux/u,
  ],
  [
    "two images, none named",
    {
      ...plain,
      change: {
        index: (i) => ({
          manifests: [
            ...(i["manifests"] as object[]),
            { mediaType: "application/vnd.oci.image.manifest.v1+json", digest: other, size: 2 },
          ],
        }),
      },
    },
    /missing/u,
  ],
  ["an index that is no JSON", { ...plain, change: { index: () => "{" } }, /no JSON/u],
  ["an index of another shape", { ...plain, change: { index: () => [[[]]] } }, /empty/u],
  [
    "an index of 5 MB",
    { ...plain, change: { index: () => `[${"[".repeat(5_000_000)}` } },
    /more than 4194304 bytes/u,
  ],
  [
    "an index of four million brackets",
    { ...plain, change: { index: () => "[".repeat(4_000_000) } },
    /no JSON/u,
  ],
  ["a manifest that is a list", { ...plain, change: { manifest: () => "[]" } }, /no image/u],
  ["600 layers", { layers: Array.from({ length: 600 }, () => []) }, /more than 500 layers/u],
];

describe("an image is refused with", () => {
  test.each(hostileJson)("%s", async (_, image, said) => {
    expect(await outcome(writeSample(place("image"), image))).toMatch(
      new RegExp(`IMAGE_UNREADABLE.*${said.source}`, "u"),
    );
    untouched();
  });

  test("bytes that were changed in a blob", async () => {
    const image = writeSample(place("image"), { layers: [[{ name: "a", content: "b".repeat(600) }]] });
    for (const name of fs.readdirSync(`${image}/blobs/sha256`)) {
      const blob = `${image}/blobs/sha256/${name}`;
      const bytes = fs.readFileSync(blob);
      const changed = Buffer.from(bytes);
      const at = bytes.length > 1000 ? 700 : 5;
      changed[at] = (bytes[at] ?? 0) ^ 1;
      fs.writeFileSync(blob, changed);
      expect(await outcome(image)).toMatch(/IMAGE_UNREADABLE.*digest/u);
      fs.writeFileSync(blob, bytes);
    }
    expect(await outcome(image)).toBe("unpacked");
  });

  test("too many entries, bytes, or folders", async () => {
    const image = writeSample(place("image"), { layers: [many(50)] });
    expect(await outcome(image, { entries: 40 })).toMatch(/UNSAFE_ARCHIVE.*more than 40 entries/u);
    const deep = writeSample(place("image"), { layers: [[{ name: "d/".repeat(45) + "f" }]] });
    expect(await outcome(deep, { entries: 40 })).toMatch(/UNSAFE_ARCHIVE.*more than 40 entries/u);
    const zeros = writeSample(place("image"), {
      layers: [[{ name: "z", content: Buffer.alloc(130_000_000) }]],
      gzip: true,
    });
    expect(await outcome(zeros)).toMatch(/UNSAFE_ARCHIVE.*times its size/u);
    expect(await outcome(zeros, { bytes: 1e6 })).toMatch(/UNSAFE_ARCHIVE.*more than 1000000 bytes/u);
  });

  test("a blob that is a link out of the layout", async () => {
    const image = writeSample(place("image"), plain);
    fs.rmSync(`${image}/index.json`);
    fs.writeFileSync(`${outside}/../secret.json`, '{"manifests":[]}');
    fs.symlinkSync("../secret.json", `${image}/index.json`);
    expect(await outcome(image)).toMatch(/neither index.json nor manifest.json/u);
  });

  test("an archive whose own names lead out, or come twice", async () => {
    for (const [members, said] of [
      [[{ name: "../planted" }], /UNSAFE_ARCHIVE/u],
      [[{ name: "index.json" }, { name: "index.json" }], /comes twice/u],
      [[{ name: "index.json", size: 900 }], /IMAGE_UNREADABLE/u],
      [[{ name: "x", type: "6" }], /UNSAFE_ARCHIVE.*pipe/u],
      [
        [{ name: "manifest.json", content: '[{"Config":"../../outside/kept","Layers":[]}]' }],
        /config is missing/u,
      ],
      [[link("manifest.json", "manifest.json")], /neither/u],
    ] as const) {
      const file = place("archive.tar");
      fs.writeFileSync(file, tarOf(members));
      expect(await outcome(file)).toMatch(said);
      untouched();
    }
  });
});

test("lower layers' links are followed inside alone, and folders of gone ones are never touched", async () => {
  const image = writeSample(place("image"), {
    layers: [
      [
        folder("usr/lib/"),
        link("lib", "usr/lib"),
        link("abs", "/usr/lib"),
        link("up", "../../../../outside"),
        folder("gone/deep/"),
      ],
      [
        { name: "lib/one" },
        { name: "abs/two" },
        { name: "up/planted" },
        { name: ".wh.gone" },
        link("other", outside),
      ],
      [link("gone", outside), { name: "other/.wh.kept" }, { name: "other/.wh..wh..opq" }],
    ],
  });
  const root = place("root");
  using opened = await openImage(image);
  await unpackImage(opened, root);
  expect(fs.readdirSync(`${root}/usr/lib`).sort()).toEqual(["one", "two"]);
  expect(fs.existsSync(`${root}/outside/planted`)).toBe(true);
  untouched();
  expect(fs.readlinkSync(`${root}/gone`)).toBe(outside);
});

test("layers replace, hide and keep as the specification has it; devices and setuid are left out", async () => {
  const image = writeSample(place("image"), {
    gzip: true,
    layers: [
      [
        { name: "etc/a", content: "1" },
        { name: "etc/b", content: "1" },
        { name: "opaque/old" },
        folder("keep/"),
        { name: "dir/x" },
      ],
      [
        { name: "etc/.wh.b" },
        { name: "etc/a", content: "2", mode: 0o4755 },
        { name: "opaque/new" },
        { name: "opaque/.wh..wh..opq" },
        { name: "dev/null", type: "3" },
        { name: "fifo", type: "6" },
        link("etc/alternatives", "/etc/a"),
        { name: "etc/hard", type: "1", link: "etc/a" },
        { name: "dir", content: "now a file" },
        { name: ".wh..wh.plnk/1", type: "0" },
      ].slice(0, 9),
    ],
  });
  const root = place("root");
  using opened = await openImage(image);
  const notes = await unpackImage(opened, root);
  expect(notes).toMatchObject({ specials: 2, setuid: 1 });
  expect(notes.specialNames).toEqual(["dev/null (a character device)", "fifo (a named pipe)"]);
  const listed = execFileSync("find", [".", "-mindepth", "1", "-printf", "%P %m\n"], {
    cwd: root,
    encoding: "utf8",
  });
  expect(listed.trim().split("\n").sort()).toEqual([
    "dir 644",
    "etc 755",
    "etc/a 755",
    "etc/alternatives 777",
    "etc/hard 755",
    "keep 755",
    "opaque 755",
    "opaque/new 644",
  ]);
  expect(fs.readFileSync(`${root}/etc/a`, "utf8")).toBe("2");
  expect(fs.readlinkSync(`${root}/etc/alternatives`)).toBe("/etc/a");
});
