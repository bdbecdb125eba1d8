import { execFileSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { temporaryDirectory } from "../../system/index.ts";
import type { Part } from "../tree/member.ts";
import { makeImage, type ImageRequest } from "./make-image.ts";
import type { Image } from "./image.ts";
import { writeImageArchive, writeImageLayout } from "./output/write-image.ts";
import { openImage } from "./read/open-image.ts";
import { unpackImage } from "./read/unpack-image.ts";
import { hasSample, sampleParts, text } from "./sample-parts.ts";

const room = temporaryDirectory("image-test");
afterAll(() => room[Symbol.dispose]());
const cache = path.join(room.path, "cache");

const request = (parts: ImageRequest["parts"], more: Partial<ImageRequest> = {}): ImageRequest => ({
  parts,
  platform: process.arch === "arm64" ? "linux-aarch64" : "linux-x86_64",
  base: null,
  defaultCommand: "main",
  variables: [],
  facts: {
    title: "demo",
    description: null,
    version: null,
    revision: null,
    source: null,
    licenses: null,
    authors: null,
  },
  attach: () => [],
  cache,
  ...more,
});
const digestOf = ({ manifest }: Image): string => manifest.descriptor.digest;
const layersOf = ({ layers }: Image): unknown => layers.map(({ what, reused }) => [what, reused]);

const shell: Part = {
  id: "runtime",
  what: "a shell",
  members: [text("runtime/libexec/sh", "a program", 0o755)],
};
const code = (content: string): Part => ({
  id: "project",
  what: "the project",
  members: [text("project/main.py", content)],
});

describe("an image", () => {
  test("has one layer a part; only what changed is written again", async () => {
    const first = await makeImage(request([shell, code("1")]));
    expect(layersOf(first)).toEqual([
      ["a shell, users and empty folders", false],
      ["a shell", false],
      ["the project", false],
    ]);
    const second = await makeImage(request([shell, code("2")]));
    expect(layersOf(second)).toEqual([
      ["a shell, users and empty folders", true],
      ["a shell", true],
      ["the project", false],
    ]);
    expect(digestOf(second)).not.toBe(digestOf(first));
    expect(digestOf(await makeImage(request([shell, code("1")])))).toBe(digestOf(first));
    expect(digestOf(await makeImage(request([shell, code("1")], { cache: `${cache}2` })))).toBe(
      digestOf(first),
    );
  });

  test("follows a file on disk through every kind of change, at once after another", async () => {
    const file = path.join(room.path, "main.py");
    const part = (): Part => ({
      id: "project",
      what: "the project",
      members: [{ path: "project/main.py", kind: "file", mode: 0o644, content: { path: file } }],
    });
    const seen = new Map<string, string>();
    for (const content of ["aa", "bb", "cc", "aa", "dd"]) {
      // The same size, and a time that is set back: what a key of size and time alone would miss.
      fs.writeFileSync(file, content);
      fs.utimesSync(file, 1_000_000_000, 1_000_000_000);
      const digest = digestOf(await makeImage(request([shell, part()])));
      expect(seen.get(content) ?? digest).toBe(digest);
      seen.set(content, digest);
    }
    expect(new Set(seen.values()).size).toBe(4);
  });

  test("makes the members of a part only where its layer is not at hand, and anew where that is cut off", async () => {
    let made = 0;
    const part = {
      id: "dependencies",
      what: "packages",
      identity: () => "one",
      make: () => Promise.resolve([text("env/x", `made ${(made += 1)}`)]),
    };
    const first = await makeImage(request([shell, part]));
    expect(digestOf(await makeImage(request([shell, part])))).toBe(digestOf(first));
    expect(made).toBe(1);
    await makeImage(request([shell, { ...part, identity: () => "two" }]));
    expect(made).toBe(2);
    const blob = first.layers.at(-1)?.content;
    if (blob === undefined || !("path" in blob)) throw new Error("no layer");
    fs.truncateSync(blob.path, 700);
    await makeImage(request([shell, part]));
    expect(made).toBe(3);
  });

  test("takes its time from SOURCE_DATE_EPOCH", async () => {
    process.env["SOURCE_DATE_EPOCH"] = "1700000000";
    try {
      const image = await makeImage(request([shell]));
      const config = image.config.content;
      expect("bytes" in config && JSON.parse(config.bytes.toString("utf8"))).toMatchObject({
        created: "2023-11-14T22:13:20Z",
        config: { Labels: { "org.opencontainers.image.created": "2023-11-14T22:13:20Z" } },
      });
    } finally {
      delete process.env["SOURCE_DATE_EPOCH"];
    }
  });

  test("carries documents that refer to it", async () => {
    const attach = (digest: string) => [
      {
        mediaType: "application/vnd.cyclonedx+json",
        fileName: "sbom.cdx.json",
        text: `{"about":"${digest}"}`,
      },
    ];
    const plain = await makeImage(request([shell]));
    const image = await makeImage(request([shell], { attach }));
    expect(digestOf(image)).toBe(digestOf(plain));
    const layout = path.join(room.path, "with-sbom");
    writeImageLayout(image, layout, "demo:1");
    const index = JSON.parse(fs.readFileSync(`${layout}/index.json`, "utf8")) as {
      manifests: { digest: string; artifactType?: string }[];
    };
    expect(index.manifests.map(({ artifactType }) => artifactType)).toEqual([
      undefined,
      "application/vnd.cyclonedx+json",
    ]);
    const read = (digest = ""): string =>
      fs.readFileSync(`${layout}/blobs/sha256/${digest.slice(7)}`, "utf8");
    const manifest = JSON.parse(read(index.manifests[1]?.digest)) as {
      subject: { digest: string };
      layers: { digest: string }[];
    };
    expect(manifest.subject.digest).toBe(digestOf(image));
    expect(read(manifest.layers[0]?.digest)).toBe(`{"about":"${digestOf(image)}"}`);
    // What refers to an image is none itself.
    using opened = await openImage(layout);
    expect(opened.digest).toBe(digestOf(image));
  });

  test("is refused where nothing could start it, or for no container's platform", async () => {
    await expect(makeImage(request([code("1")]))).rejects.toMatchObject({ code: "TOOL_MISSING" });
    await expect(makeImage(request([shell], { platform: "macos-arm64" }))).rejects.toMatchObject({
      code: "USAGE",
    });
  });
});

test("what is written is read back the same, as a folder, an archive, and in other wrappings", async () => {
  const image = await makeImage(request([shell, code("print(1)")]));
  const at = (name: string): string => path.join(room.path, name);
  writeImageLayout(image, at("layout"), "demo");
  const bytes = writeImageArchive(image, at("demo.oci.tar"), "demo");
  expect(fs.statSync(at("demo.oci.tar")).size).toBe(bytes);
  execFileSync("gzip", ["-k", at("demo.oci.tar")]);
  // Of the archive only what docker load asks for.
  fs.mkdirSync(at("saved"));
  execFileSync("tar", ["xf", at("demo.oci.tar"), "-C", at("saved")]);
  fs.rmSync(at("saved/index.json"));
  execFileSync("tar", ["cf", at("saved.tar"), "-C", at("saved"), "."]);
  const listings = new Set<string>();
  for (const name of [
    "layout",
    "layout:demo",
    "demo.oci.tar:demo:latest",
    "demo.oci.tar.gz",
    "saved",
    "saved.tar",
  ]) {
    using opened = await openImage(at(name));
    expect(opened.configDigest).toBe(image.config.descriptor.digest);
    expect(opened.layers.map(({ diffId }) => diffId)).toEqual(image.layers.map(({ diffId }) => diffId));
    const root = at(`root-${name.replaceAll(/\W/gu, "-")}`);
    await unpackImage(opened, root);
    listings.add(
      execFileSync("find", [".", "-printf", "%P %m %s %l\n"], { cwd: root, encoding: "utf8" })
        .split("\n")
        .sort()
        .join("\n"),
    );
  }
  expect(listings.size).toBe(1);
  expect([...listings][0]).toContain("app/project/main.py 644 8 ");
  expect([...listings][0]).toContain("tmp 1777 ");
  await expect(openImage(at("layout:other"))).rejects.toMatchObject({ code: "IMAGE_UNREADABLE" });
});

test.skipIf(!hasSample)(
  "a real tree of some hundred files is the same in other folders, with other times",
  async () => {
    const first = await makeImage(request(sampleParts(true)));
    const copy = path.join(room.path, "copy");
    const parts = sampleParts(true).map((part) => ({
      ...part,
      members: part.members.toReversed().map((member, at) => {
        if (member.content === null || !("path" in member.content)) return member;
        fs.mkdirSync(copy, { recursive: true });
        const file = path.join(copy, `${part.id}-${at}`);
        fs.copyFileSync(member.content.path, file);
        fs.utimesSync(file, at, at);
        return { ...member, content: { path: file } };
      }),
    }));
    expect(digestOf(await makeImage(request(parts, { cache: `${cache}3` })))).toBe(digestOf(first));
  },
);
