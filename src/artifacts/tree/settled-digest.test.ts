import fs from "node:fs";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { hashFile, temporaryDirectory } from "../../system/index.ts";
import { settledDigest } from "./settled-digest.ts";

let room: ReturnType<typeof temporaryDirectory>;
const before = process.env["RUNG_CACHE"];
beforeEach(() => {
  room = temporaryDirectory("settled");
  process.env["RUNG_CACHE"] = path.join(room.path, "cache");
});
afterEach(() => {
  if (before === undefined) delete process.env["RUNG_CACHE"];
  else process.env["RUNG_CACHE"] = before;
  room[Symbol.dispose]();
});

test("a large file that lies still is hashed once, and again where what was kept is damaged", () => {
  const digest = hashFile(process.execPath);
  expect(settledDigest(process.execPath)).toBe(digest);
  const folder = path.join(room.path, "cache", "digests");
  const [kept = ""] = fs.readdirSync(folder);
  const other = "0".repeat(64);
  fs.writeFileSync(path.join(folder, kept), `${other}\n`);
  expect(settledDigest(process.execPath)).toBe(other);
  fs.writeFileSync(path.join(folder, kept), other.slice(0, 20));
  expect(settledDigest(process.execPath)).toBe(digest);
});

test("a file that has just changed, its size and time as before, has its new digest, by a link too", () => {
  const file = path.join(room.path, "data");
  const link = path.join(room.path, "link");
  fs.symlinkSync(file, link);
  for (const fill of [1, 2]) {
    fs.writeFileSync(file, Buffer.alloc(5 << 20, fill));
    fs.utimesSync(file, 1e9, 1e9);
    expect(settledDigest(file)).toBe(hashFile(file));
    expect(settledDigest(link)).toBe(hashFile(file));
  }
});
