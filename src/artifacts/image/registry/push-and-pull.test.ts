import { execFileSync, spawn } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, beforeEach, afterEach, describe, expect, test, vi } from "vitest";
import type { Image } from "../image.ts";
import {
  diffImages,
  imageBase,
  makeImage,
  openImage,
  pullImage,
  pushImage,
  writeImageArchive,
} from "../index.ts";
import { writeImageLayout } from "../index.ts";
import { mediaTypes } from "../oci/descriptor.ts";
import { writeSample } from "../read/sample-image.ts";
import { text } from "../sample-parts.ts";
import type { Part } from "../../tree/member.ts";
import {
  breakingLine,
  digestOf,
  dockerRegistry,
  hasRegistry,
  hasSkopeo,
  memoryRegistry,
  password,
  user,
  type Seen,
} from "./sample-registry.ts";

const options = { plainHttp: false, progress: () => {}, platform: null, compress: null };
let room = "";
let image: Image;
let archive = "";

/** Not to be compressed well, and larger than what is sent in one piece. */
function noise(bytes: number): Buffer {
  const content = Buffer.alloc(bytes);
  for (let at = 0, state = 1; at < bytes; at += 1) {
    state = (state * 48271) % 2147483647;
    content[at] = state & 0xff;
  }
  return content;
}

const parts: readonly Part[] = [
  {
    id: "runtime",
    what: "the runtime",
    members: [
      text("runtime/libexec/sh", "shell", 0o755),
      { ...text("data", ""), content: { bytes: noise(3_000_000) } },
    ],
  },
  { id: "project", what: "the project", members: [text("project/main.py", "print(1)\n")] },
];

const make = (base: string | null = null, more: readonly Part[] = []): Promise<Image> =>
  makeImage({
    parts: [...parts, ...more],
    platform: "linux-x86_64",
    base: base === null ? null : imageBase(base, options),
    defaultCommand: "main",
    variables: [],
    facts: {
      title: "paper",
      description: null,
      version: null,
      revision: null,
      source: null,
      licenses: null,
      authors: null,
    },
    attach: () => [{ mediaType: "application/vnd.cyclonedx+json", fileName: "sbom.json", text: '{"bom":1}' }],
    cache: path.join(room, "layers"),
  });

beforeAll(async () => {
  room = fs.mkdtempSync(path.join(os.tmpdir(), "rung-registry-"));
  image = await make();
  archive = path.join(room, "paper.oci.tar");
  writeImageArchive(image, archive, "paper:1.0");
});
afterAll(() => fs.rmSync(room, { recursive: true, force: true }));

let here = "";
beforeEach(() => {
  here = fs.mkdtempSync(path.join(room, "test-"));
  vi.stubEnv("RUNG_CACHE", path.join(here, "cache"));
  vi.stubEnv("DOCKER_CONFIG", path.join(here, "docker"));
  fs.mkdirSync(path.join(here, "run"));
  vi.stubEnv("XDG_RUNTIME_DIR", path.join(here, "run"));
  vi.stubEnv("XDG_CONFIG_HOME", path.join(here, "config"));
  vi.stubEnv("REGISTRY_AUTH_FILE", "");
});
afterEach(() => vi.unstubAllEnvs());

function logIn(host: string, secret: string): void {
  const auths = { [host]: { auth: Buffer.from(`${user}:${secret}`).toString("base64") } };
  fs.mkdirSync(path.join(here, "docker"), { recursive: true });
  fs.writeFileSync(path.join(here, "docker/config.json"), JSON.stringify({ auths }));
}

describe.skipIf(!hasRegistry)(
  "docker-registry (install the package docker-registry where this is skipped)",
  () => {
    test("takes an image, and gives it back as it was", async () => {
      await using registry = await dockerRegistry(here);
      const name = `${registry.host}/lab/paper:1.0`;
      const pushed = await pushImage(archive, name, options);
      expect(pushed).toMatchObject({ digest: image.manifest.descriptor.digest, uncompressedDigest: null });
      expect(pushed.blobs.map(({ how }) => how)).toEqual(pushed.blobs.map(() => "sent"));
      expect(pushed.referrers).toEqual([
        { digest: expect.any(String), artifactType: "application/vnd.cyclonedx+json" },
      ]);

      const pulled = await pullImage(name, path.join(here, "back"));
      expect(pulled.digest).toBe(pushed.digest);
      expect(pulled.pinned).toBe(`${registry.host}/lab/paper@${pushed.digest}`);
      using one = await openImage(archive);
      using other = await openImage(path.join(here, "back"));
      expect((await diffImages(one, other, { atMost: 50, tree: false })).same).toBe(true);

      // What lies there is not fetched again.
      expect((await pullImage(name, path.join(here, "back"))).bytes).toBe(0);
      expect((await pullImage(pulled.pinned, path.join(here, "pinned"))).digest).toBe(pushed.digest);
    });

    test("is asked, and sent nothing, for what it has", async () => {
      await using registry = await dockerRegistry(here);
      await pushImage(archive, `${registry.host}/lab/paper:1.0`, options);
      const again = await pushImage(archive, `${registry.host}/lab/paper:1.0`, options);
      expect(again).toMatchObject({ bytes: 0, blobs: [] });
      const copied = await pushImage(archive, `${registry.host}/other/paper:2`, options);
      expect(new Set(copied.blobs.map(({ how }) => how))).toEqual(new Set(["mounted"]));
      expect(copied.bytes).toBe(0);
      const tagged = await pushImage(archive, `${registry.host}/lab/paper:2.0`, options);
      expect(new Set(tagged.blobs.map(({ how }) => how))).toEqual(new Set(["there"]));
    });

    test.skipIf(!hasSkopeo)("serves skopeo what we sent, and us what skopeo sent", async () => {
      await using registry = await dockerRegistry(here);
      const name = `${registry.host}/lab/paper:1.0`;
      const { digest } = await pushImage(archive, name, options);
      const skopeo = (...words: readonly string[]): string =>
        execFileSync("skopeo", words, { encoding: "utf8" });
      const said = JSON.parse(skopeo("inspect", "--tls-verify=false", `docker://${name}`)) as {
        Digest: string;
      };
      expect(said.Digest).toBe(digest);
      skopeo(
        "copy",
        "--preserve-digests",
        "--src-tls-verify=false",
        `docker://${name}`,
        `oci:${here}/theirs:1.0`,
      );
      using theirs = await openImage(path.join(here, "theirs"));
      expect(theirs.digest).toBe(digest);
      skopeo(
        "copy",
        "--dest-tls-verify=false",
        `oci:${here}/theirs:1.0`,
        `docker://${registry.host}/by/skopeo:1`,
      );
      expect((await pullImage(`${registry.host}/by/skopeo:1`, path.join(here, "ours"))).digest).toBe(digest);
      skopeo(
        "copy",
        "--dest-tls-verify=false",
        "--format",
        "v2s2",
        `oci:${here}/theirs:1.0`,
        `docker://${registry.host}/by/skopeo:docker`,
      );
      await pullImage(`${registry.host}/by/skopeo:docker`, path.join(here, "docker"));
      using docker = await openImage(path.join(here, "docker"));
      expect(docker.layers.map(({ diffId }) => diffId)).toEqual(image.layers.map(({ diffId }) => diffId));
    });

    test("lists what is attached under a tag, since it knows no referrers", async () => {
      await using registry = await dockerRegistry(here);
      const { digest, referrers } = await pushImage(archive, `${registry.host}/lab/paper:1.0`, options);
      const url = `http://${registry.host}/v2/lab/paper/manifests/${digest.replace(":", "-")}`;
      const index = await (
        await fetch(url, { headers: { accept: "application/vnd.oci.image.index.v1+json" } })
      ).json();
      expect(index).toMatchObject({ manifests: referrers });
    });

    test("wants a password, and no message tells it", async () => {
      await using registry = await dockerRegistry(here, { auth: true });
      const name = `${registry.host}/lab/paper:1.0`;
      await expect(pushImage(archive, name, options)).rejects.toMatchObject({
        code: "REGISTRY_FAILED",
        message: expect.stringContaining("wants credentials to push to lab/paper, and none are known"),
      });
      logIn(registry.host, "wrong-secret");
      await expect(pushImage(archive, name, options)).rejects.toMatchObject({
        message: expect.stringMatching(/does not take the credentials from .*docker\/config\.json/u),
        hint: expect.stringContaining(`docker login ${registry.host}`),
      });
      await expect(pushImage(archive, name, options)).rejects.not.toThrow(/wrong-secret/u);
      logIn(registry.host, password);
      const { digest } = await pushImage(archive, name, options);
      expect((await pullImage(name, path.join(here, "back"))).digest).toBe(digest);
      await expect(pullImage(`${registry.host}/lab/paper:2`, path.join(here, "no"))).rejects.toMatchObject({
        message: expect.stringContaining("has no lab/paper:2"),
      });
    });

    test("gets all of it over a line that breaks", async () => {
      await using registry = await dockerRegistry(here);
      await using line = await breakingLine(registry.host, { afterBytes: 1_500_000, times: 2 });
      const { digest } = await pushImage(archive, `${line.host}/lab/paper:1.0`, options);
      expect(line.broken()).toBe(2);
      expect((await pullImage(`${registry.host}/lab/paper:1.0`, path.join(here, "back"))).digest).toBe(
        digest,
      );
    });

    test.each(["zstd", "gzip"] as const)(
      "takes layers compressed by %s: the same image under another digest",
      async (compress) => {
        await using registry = await dockerRegistry(here);
        const pushed = await pushImage(archive, `${registry.host}/lab/paper:1.0`, { ...options, compress });
        expect(pushed.uncompressedDigest).toBe(image.manifest.descriptor.digest);
        expect(pushed.digest).not.toBe(pushed.uncompressedDigest);
        const again = await pushImage(archive, `${registry.host}/lab/paper:1.0`, { ...options, compress });
        expect(again).toMatchObject({ digest: pushed.digest, bytes: 0 });
        await pullImage(`${registry.host}/lab/paper:1.0`, path.join(here, "back"));
        using back = await openImage(path.join(here, "back"));
        using before = await openImage(archive);
        expect(back.configDigest).toBe(before.configDigest);
        expect((await diffImages(before, back, { atMost: 50, tree: true })).same).toBe(true);
      },
    );

    test("holds a base: its digest is told and recorded, its layers are taken from there", async () => {
      await using registry = await dockerRegistry(here);
      const name = `${registry.host}/lab/base:1`;
      const { digest } = await pushImage(archive, name, options);
      const upon = await make(name, [{ id: "more", what: "more", members: [text("more", "more")] }]);
      const labels = (
        JSON.parse(String((upon.manifest.content as { bytes: Buffer }).bytes)) as { annotations: object }
      ).annotations;
      expect(labels).toMatchObject({
        "org.opencontainers.image.base.name": `${name}@${digest}`,
        "org.opencontainers.image.base.digest": digest,
      });
      // Made again, with a part of what was kept gone.
      const bases = path.join(here, "cache/bases");
      const base = fs.readdirSync(bases).find((one) => !one.includes(".")) ?? "";
      const [blob = ""] = fs.readdirSync(path.join(bases, base, "blobs/sha256"));
      fs.rmSync(path.join(bases, base, "blobs/sha256", blob));
      expect((await make(`${name}@${digest}`)).layers[0]?.descriptor).toEqual(image.layers[0]?.descriptor);
      const layout = path.join(here, "upon");
      writeImageLayout(upon, layout, "upon:1");
      // Nothing is known of the registry here but what the image says of its base.
      vi.stubEnv("RUNG_CACHE", path.join(here, "other-cache"));
      const pushed = await pushImage(layout, `${registry.host}/lab/upon:1`, options);
      expect(pushed.blobs.filter(({ how }) => how === "mounted").length).toBe(image.layers.length);
    });
  },
);

const largest = (): number => Math.max(...image.layers.map(({ descriptor }) => descriptor.size));

test("an upload goes on where its connection broke", async () => {
  await using registry = await memoryRegistry({ breakAfter: 1_000_000, times: 2 });
  const { digest, bytes } = await pushImage(archive, `${registry.host}/lab/paper:1.0`, options);
  const patches = registry.seen.filter(({ method }) => method === "PATCH");
  expect(patches.map(({ headers }) => headers["content-range"]?.replace(/-\d+$/u, "-…"))).toEqual([
    undefined,
    expect.stringMatching(/^[1-9]\d{5,6}-…$/u),
    expect.stringMatching(/^[1-9]\d{6}-…$/u),
  ]);
  expect(patches.reduce((sum, patch) => sum + patch.bytes, 0)).toBe(largest());
  expect(bytes).toBeGreaterThan(3_000_000);
  expect((await pullImage(`${registry.host}/lab/paper:1.0`, path.join(here, "back"))).digest).toBe(digest);
});

test("an upload of a run that was killed goes on in the next", async () => {
  await using registry = await memoryRegistry({ breakAfter: 1_000_000, times: 1, stalls: true });
  const entry = path.resolve(import.meta.dirname, "../../../cli/entry.js");
  const name = `${registry.host}/lab/paper:1.0`;
  const child = spawn(process.execPath, [entry, "image", "push", archive, name], { stdio: "ignore" });
  const ended = new Promise((resolve) => child.once("exit", resolve));
  const patches = (): readonly Seen[] => registry.seen.filter(({ method }) => method === "PATCH");
  await vi.waitUntil(() => (patches()[0]?.bytes ?? 0) > 1_000_000, { timeout: 30_000 });
  child.kill("SIGKILL");
  await ended;
  const { bytes } = await pushImage(archive, name, options);
  const [first, second, ...more] = patches();
  expect(more).toEqual([]);
  expect(Number(second?.headers["content-range"]?.split("-")[0])).toBe(first?.bytes);
  expect((first?.bytes ?? 0) + (second?.bytes ?? 0)).toBe(largest());
  expect(bytes).toBeGreaterThan(0);
});

test("a registry that knows referrers gets no tag for them", async () => {
  await using registry = await memoryRegistry();
  await pushImage(archive, `${registry.host}/lab/paper:1.0`, options);
  const put = registry.seen.filter(({ method, url }) => method === "PUT" && url.includes("/manifests/"));
  expect(put.map(({ url }) => url.replace(/^.*\//u, "").replace(/[0-9a-f]{64}/u, "…"))).toEqual([
    "sha256:…",
    "1.0",
  ]);
  await using other = await memoryRegistry({ knowsReferrers: false });
  await pushImage(archive, `${other.host}/lab/paper:1.0`, options);
  expect(
    other.seen.some(({ method, url }) => method === "PUT" && /manifests\/sha256-[0-9a-f]{64}$/u.test(url)),
  ).toBe(true);
});

test("an index goes whole, and the image for a platform comes out of it", async () => {
  const layout = path.join(here, "layout");
  const manifests = ["amd64", "arm64"].map((architecture) => {
    writeSample(layout, { layers: [[{ name: architecture }]], config: { architecture } });
    const index = JSON.parse(fs.readFileSync(path.join(layout, "index.json"), "utf8")) as {
      manifests: object[];
    };
    return { ...index.manifests[0], platform: { os: "linux", architecture } };
  });
  const index = JSON.stringify({ schemaVersion: 2, mediaType: mediaTypes.index, manifests });
  const digest = digestOf(index);
  fs.writeFileSync(path.join(layout, "blobs/sha256", digest.slice(7)), index);
  const top = { mediaType: mediaTypes.index, digest, size: index.length };
  fs.writeFileSync(path.join(layout, "index.json"), JSON.stringify({ schemaVersion: 2, manifests: [top] }));

  await using registry = await memoryRegistry();
  const name = `${registry.host}/lab/paper:1`;
  expect((await pushImage(layout, name, options)).digest).toBe(digest);
  const platform = { os: "linux", architecture: "arm64" };
  const pulled = await pullImage(name, path.join(here, "back"), { platform });
  expect(pulled).toMatchObject({
    digest: expect.not.stringMatching(digest),
    pinned: expect.stringContaining(digest),
  });
  using arm = await openImage(path.join(here, "back"), platform);
  expect(arm.platform.architecture).toBe("arm64");
  const riscv = { os: "linux", architecture: "riscv64" };
  await expect(pullImage(name, path.join(here, "no"), { platform: riscv })).rejects.toMatchObject({
    message: expect.stringContaining("no image for linux on riscv64"),
  });
  const one = await pushImage(layout, `${registry.host}/lab/paper:arm`, { ...options, platform });
  expect(one.digest).toBe(arm.digest);
});
