import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, afterEach, beforeEach, expect, test, vi } from "vitest";
import { pullImage, pushImage } from "../index.ts";
import { mediaTypes } from "../oci/descriptor.ts";
import { writeSample } from "../read/sample-image.ts";
import {
  digestOf,
  failing,
  fakeServer,
  reply,
  type Handler,
  type Seen,
  type Served,
} from "./sample-registry.ts";

const room = fs.mkdtempSync(path.join(os.tmpdir(), "rung-hostile-registry-"));
afterAll(() => fs.rmSync(room, { recursive: true, force: true }));
let here = "";
beforeEach(() => {
  here = fs.mkdtempSync(path.join(room, "test-"));
  vi.stubEnv("RUNG_CACHE", path.join(here, "cache"));
  vi.stubEnv("REGISTRY_AUTH_FILE", path.join(here, "auth.json"));
});
afterEach(() => vi.unstubAllEnvs());

const layer = Buffer.alloc(100_000, "layer");
const config = Buffer.from(
  JSON.stringify({
    architecture: process.arch === "x64" ? "amd64" : process.arch,
    os: "linux",
    rootfs: { type: "layers", diff_ids: [digestOf(layer)] },
  }),
);
const described = (mediaType: string, bytes: Buffer, size = bytes.length): object => ({
  mediaType,
  digest: digestOf(bytes),
  size,
});
const manifestWith = (more: object = {}): Buffer =>
  Buffer.from(
    JSON.stringify({
      schemaVersion: 2,
      mediaType: mediaTypes.manifest,
      config: described(mediaTypes.config, config),
      layers: [described(mediaTypes.layer, layer)],
      ...more,
    }),
  );

/** A registry with one image; `other` answers first, where it says true. */
const registryWith = (
  manifest: Buffer,
  other: (...given: Parameters<Handler>) => boolean = () => false,
): Promise<Served & { readonly seen: readonly Seen[] }> =>
  fakeServer((request, response, seen) => {
    if (other(request, response, seen)) return;
    if (seen.url.includes("/manifests/"))
      return reply(response, 200, { "content-type": mediaTypes.manifest }, manifest);
    const blob = [config, layer].find((bytes) => seen.url.endsWith(digestOf(bytes)));
    reply(response, blob === undefined ? 404 : 200, {}, blob ?? "");
  });

const pull = (served: Served, name = "lab/paper:1"): ReturnType<typeof pullImage> =>
  pullImage(`${served.host}/${name}`, path.join(here, "to"));

/** Pushes an image with one layer of so many bytes. */
function push(served: Served, bytes: number): ReturnType<typeof pushImage> {
  const layout = writeSample(path.join(here, "large"), {
    layers: [[{ name: "zeros", content: Buffer.alloc(bytes) }]],
  });
  const options = { plainHttp: false, progress: () => {}, platform: null, compress: null };
  return pushImage(layout, `${served.host}/lab/paper:1`, options);
}

/** Files that were left, those that are half there apart. */
const left = (): readonly string[] =>
  fs.existsSync(path.join(here, "to"))
    ? fs.readdirSync(path.join(here, "to")).filter((name) => name !== "blobs")
    : [];

test("an honest one is read", async () => {
  await using registry = await registryWith(manifestWith());
  expect(await pull(registry)).toMatchObject({
    digest: digestOf(manifestWith()),
    bytes: layer.length + config.length,
  });
});

test("a manifest under a digest that is not its own is refused", async () => {
  await using registry = await registryWith(manifestWith());
  await expect(pull(registry, `lab/paper@${digestOf("another")}`)).rejects.toMatchObject({
    code: "DOWNLOAD_FAILED",
    message: expect.stringContaining(`serves a manifest with the digest ${digestOf(manifestWith())}`),
  });
  expect(left()).toEqual([]);
});

test.each([
  ["with another content", Buffer.alloc(layer.length, "other"), /has sha256 .*, expected/u],
  ["that is longer than stated", Buffer.alloc(layer.length + 1), /is longer than the 100000 bytes/u],
])("a layer %s is refused", async (_, content, message) => {
  await using registry = await registryWith(manifestWith(), (_, response, { url }) => {
    if (!url.endsWith(digestOf(layer))) return false;
    reply(response, 200, {}, content);
    return true;
  });
  await expect(pull(registry)).rejects.toMatchObject({
    code: "DOWNLOAD_FAILED",
    message: expect.stringMatching(message),
  });
  expect(left()).toEqual([]);
});

test("of a body without an end no more is read than was stated", async () => {
  let sent = 0;
  await using registry = await registryWith(manifestWith(), (_, response, { url }) => {
    if (!url.endsWith(digestOf(layer))) return false;
    const more = (): void => {
      if (response.destroyed) return;
      sent += 65_536;
      response.write(Buffer.alloc(65_536), () => setImmediate(more));
    };
    more();
    return true;
  });
  await expect(pull(registry)).rejects.toMatchObject({ code: "DOWNLOAD_FAILED" });
  expect(sent).toBeLessThan(20e6);
});

test("a manifest of 100 MB is not read", async () => {
  let sent = 0;
  await using registry = await registryWith(manifestWith(), (_, response) => {
    response.writeHead(200, { "content-type": mediaTypes.manifest });
    const more = (): void => {
      if (response.destroyed || sent > 100e6) return void response.end();
      sent += 65_536;
      response.write(Buffer.alloc(65_536, " "), () => setImmediate(more));
    };
    more();
    return true;
  });
  await expect(pull(registry)).rejects.toMatchObject({
    code: "REGISTRY_FAILED",
    message: expect.stringContaining("answers with more than"),
  });
  expect(sent).toBeLessThan(40e6);
});

test.each([
  [
    "an image of terabytes",
    manifestWith({ layers: [{ mediaType: mediaTypes.layer, digest: digestOf("x"), size: 5e12 }] }),
  ],
  [
    "ten thousand layers",
    manifestWith({ layers: Array.from({ length: 10_000 }, () => described(mediaTypes.layer, layer)) }),
  ],
])("%s is refused before anything is fetched", async (_, manifest) => {
  await using registry = await registryWith(manifest);
  await expect(pull(registry)).rejects.toMatchObject({ code: "IMAGE_UNREADABLE" });
  expect(registry.seen.some(({ url }) => url.includes("/blobs/"))).toBe(false);
});

test.each([
  ["no JSON", Buffer.from("<html>")],
  [
    "a digest that leads elsewhere",
    manifestWith({
      layers: [{ mediaType: mediaTypes.layer, digest: "sha256:../../../etc/passwd", size: 1 }],
    }),
  ],
  [
    "a size that is none",
    manifestWith({ layers: [{ mediaType: mediaTypes.layer, digest: digestOf("x"), size: -1 }] }),
  ],
  ["a list", Buffer.from("[1]")],
])("a manifest with %s is refused", async (_, manifest) => {
  await using registry = await registryWith(manifest);
  await expect(pull(registry)).rejects.toMatchObject({
    name: "ToolError",
    code: expect.stringMatching(/IMAGE_UNREADABLE|REGISTRY_FAILED/u),
  });
  expect(left()).toEqual([]);
});

test("a redirect is followed, and what is shown to the registry is not shown there", async () => {
  await using elsewhere = await fakeServer((_, response, { url }) =>
    reply(response, 200, {}, url.startsWith("/config") ? config : layer),
  );
  const wants = (response: Parameters<Handler>[1]): true => {
    reply(response, 401, { "www-authenticate": 'Basic realm="lab"' });
    return true;
  };
  await using registry = await registryWith(manifestWith(), (request, response, { url }) => {
    if (request.headers.authorization === undefined) return wants(response);
    if (!url.includes("/blobs/")) return false;
    const to = url.endsWith(digestOf(config)) ? "config" : "layer";
    reply(response, 307, { location: `http://evil:word@${elsewhere.host}/${to}?signature=1` });
    return true;
  });
  fs.writeFileSync(
    path.join(here, "auth.json"),
    JSON.stringify({
      auths: { [registry.host]: { auth: Buffer.from("lab:tall-secret").toString("base64") } },
    }),
  );
  expect((await pull(registry)).bytes).toBe(layer.length + config.length);
  expect(elsewhere.seen.map(({ headers }) => headers.authorization)).toEqual([undefined, undefined]);
  expect(registry.seen.some(({ headers }) => headers.authorization !== undefined)).toBe(true);
});

test.each(["http://example.org/blob", "file:///etc/passwd", "gopher://x/", "http://["])(
  "a redirect to %s is not followed",
  async (location) => {
    await using registry = await registryWith(manifestWith(), (_, response, { url }) => {
      if (!url.includes("/blobs/")) return false;
      reply(response, 302, { location });
      return true;
    });
    await expect(pull(registry)).rejects.toMatchObject({
      code: "REGISTRY_FAILED",
      message: expect.stringContaining("sends us on to"),
    });
  },
);

test("redirects in a circle end", async () => {
  await using registry = await registryWith(manifestWith(), (_, response, { url }) => {
    reply(response, 302, { location: `${url}x` });
    return true;
  });
  await expect(pull(registry)).rejects.toMatchObject({ message: expect.stringContaining("in a circle") });
});

test("a registry that asks for a long pause is left alone, and the pause is told", async () => {
  await using registry = await registryWith(manifestWith(), (_, response) => {
    reply(response, 429, { "retry-after": "3600" }, failing("TOOMANYREQUESTS", "slow down"));
    return true;
  });
  await expect(pull(registry)).rejects.toMatchObject({
    code: "REGISTRY_FAILED",
    message: expect.stringContaining("limits how often it is asked (TOOMANYREQUESTS: slow down)"),
    hint: expect.stringContaining("Try again in 3600 seconds"),
  });
  expect(registry.seen.length).toBe(1);
});

test("one that asks for a short pause, or stumbles, is asked again", async () => {
  let asked = 0;
  await using registry = await registryWith(manifestWith(), (_, response) => {
    asked += 1;
    if (asked > 2) return false;
    reply(response, asked === 1 ? 429 : 503, asked === 1 ? { "retry-after": "0" } : {});
    return true;
  });
  expect((await pull(registry)).digest).toBe(digestOf(manifestWith()));
});

test("a fetch goes on where its connection broke", async () => {
  const ranges: (string | undefined)[] = [];
  await using registry = await registryWith(manifestWith(), (request, response, { url }) => {
    if (!url.endsWith(digestOf(layer))) return false;
    const { range } = request.headers;
    ranges.push(range);
    const from = Number(/\d+/u.exec(range ?? "")?.[0] ?? 0);
    const headers = {
      "content-length": String(layer.length - from),
      "content-range": `bytes ${from}-${layer.length - 1}/${layer.length}`,
    };
    response.writeHead(range === undefined ? 200 : 206, headers);
    const end = Math.min(layer.length, from + 40_000);
    response.write(layer.subarray(from, end), () =>
      end === layer.length ? response.end() : setTimeout(() => response.destroy(), 50),
    );
    return true;
  });
  await pull(registry);
  expect(ranges).toEqual([undefined, "bytes=40000-", "bytes=80000-"]);
});

test("a folder with something else in it is left alone", async () => {
  fs.mkdirSync(path.join(here, "to"));
  fs.writeFileSync(path.join(here, "to/thesis.tex"), "");
  await using registry = await registryWith(manifestWith());
  await expect(pull(registry)).rejects.toMatchObject({ code: "USAGE" });
  expect(registry.seen).toEqual([]);
});

test("a registry that answers before it has all, and reads no more, is heard", async () => {
  await using registry = await fakeServer((request, response, { method, url }) => {
    if (method === "HEAD") return reply(response, 404);
    if (method === "POST") return reply(response, 202, { location: "/upload" });
    if (method === "PATCH") {
      request.pause();
      return reply(response, 403, {}, failing("DENIED", "no room for you"));
    }
    reply(response, 404, {}, failing("NOT_FOUND", url));
  });
  const pushed = push(registry, 20e6);
  await expect(pushed).rejects.toMatchObject({
    message: expect.stringContaining("does not let just anybody push to lab/paper (DENIED: no room for you)"),
  });
});

test("a registry that has ever other bytes than were sent is given up", async () => {
  await using registry = await fakeServer((request, response, { method }) => {
    request.resume();
    if (method === "HEAD") return reply(response, 404);
    request.on("end", () => reply(response, 202, { location: "/v2/lab/paper/upload", range: "0-0" }));
  });
  const pushed = push(registry, 2e6);
  await expect(pushed).rejects.toMatchObject({ code: "REGISTRY_FAILED" });
  expect(registry.seen.length).toBeLessThan(60);
});
