import http from "node:http";
import type { AddressInfo } from "node:net";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { download, exists, fetchJson, fetchPage, readText, sha256, temporaryDirectory } from "./index.ts";

const server = http.createServer((request, response) => {
  if (request.url === "/json") return response.end('{"a": 1}');
  if (request.url === "/user") return response.end(request.headers.authorization ?? "nobody");
  if (request.url === "/file") return response.end("content");
  response.statusCode = 404;
  return response.end("nothing");
});
let base = "";
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => server.close());

test("pages, JSON and credentials in URLs", async () => {
  expect(await fetchJson(`${base}/json`)).toEqual({ a: 1 });
  expect((await fetchPage(`${base}/no`)).status).toBe(404);
  const withUser = base.replace("//", "//me:secret@");
  expect((await fetchPage(`${withUser}/user`)).text).toBe(`Basic ${btoa("me:secret")}`);
  await expect(fetchJson(`${withUser}/no`)).rejects.toThrow(
    /^http:\/\/127.0.0.1:\d+\/no answered HTTP 404$/u,
  );
});

test("a download is kept only with the sha256 expected", async () => {
  const room = temporaryDirectory("download");
  const to = path.join(room.path, "file");
  await expect(download(`${base}/file`, to, { sha256: sha256("other") })).rejects.toMatchObject({
    code: "DOWNLOAD_FAILED",
  });
  expect(exists(to)).toBe(false);
  await download(`${base}/file`, to, { sha256: sha256("content") });
  expect(readText(to)).toBe("content");
  room[Symbol.dispose]();
});

test("no answer is NETWORK_UNAVAILABLE with a hint", async () => {
  await expect(fetchPage("http://127.0.0.1:1/")).rejects.toMatchObject({
    code: "NETWORK_UNAVAILABLE",
    hint: expect.stringContaining("NODE_USE_ENV_PROXY"),
  });
});
