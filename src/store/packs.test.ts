import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { sha256 } from "../system/index.ts";
import { findStore, openStore } from "./index.ts";

let root = "";
beforeEach(() => {
  root = fs.mkdtempSync(path.join(os.tmpdir(), "rung-packs-"));
});
afterEach(() => fs.rmSync(root, { recursive: true, force: true }));

const contents = Array.from({ length: 600 }, (_, index) => `content ${index}`);
const packFolder = (): string => path.join(root, ".rung/packs");
const loose = (): number =>
  fs
    .readdirSync(path.join(root, ".rung/blobs"), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile()).length;

test("many small contents lie in one file, and are read like any other", () => {
  const store = openStore(root);
  const batch = store.blobs.batch();
  for (const content of contents) batch.put(content);
  expect(batch.put("content 7")).toBe(sha256("content 7"));
  expect(store.blobs.has(sha256("content 7"))).toBe(false);
  batch.commit();
  expect([fs.readdirSync(packFolder()).length, loose()]).toEqual([1, 0]);
  store.close();
  const again = openStore(root);
  for (const content of contents) expect(again.blobs.read(sha256(content)).toString()).toBe(content);
  expect(again.blobs.digests()).toEqual(new Set(contents.map(sha256)));
  // What is there is not kept twice, whichever way it comes.
  const more = again.blobs.batch();
  for (const content of contents) more.put(content);
  more.commit();
  again.blobs.put("content 3");
  expect([fs.readdirSync(packFolder()).length, loose()]).toEqual([1, 0]);
  const copy = path.join(root, "copy");
  again.blobs.copyTo(sha256("content 9"), copy);
  expect(fs.readFileSync(copy, "utf8")).toBe("content 9");
  expect(fs.readFileSync(again.blobs.path(sha256("content 8")), "utf8")).toBe("content 8");
  again.close();
});

test("a few, and large ones, have files of their own", () => {
  const store = openStore(root);
  const file = path.join(root, "large");
  fs.writeFileSync(file, Buffer.alloc(2 << 20, 1));
  const batch = store.blobs.batch();
  const digests = [batch.put("a"), batch.put("b"), batch.putFile(file)];
  batch.commit();
  expect([fs.existsSync(packFolder()), loose()]).toEqual([false, 3]);
  expect(digests.map((digest) => store.blobs.has(digest))).toEqual([true, true, true]);
  store.close();
});

test("what a killed process or a lost machine left half is never taken for whole", () => {
  const store = openStore(root);
  const batch = store.blobs.batch();
  for (const content of contents) batch.put(content);
  batch.commit();
  const [pack = ""] = fs.readdirSync(packFolder());
  const file = path.join(packFolder(), pack);
  fs.truncateSync(file, fs.statSync(file).size - 3);
  const single = store.blobs.put("alone");
  fs.truncateSync(store.blobs.path(single), 0);
  store.close();
  const again = openStore(root);
  const last = sha256(contents.at(-1) ?? "");
  expect([again.blobs.has(last), again.blobs.has(single)]).toEqual([false, false]);
  expect(again.blobs.read(sha256("content 0")).toString()).toBe("content 0");
  expect(() => again.blobs.read(last)).toThrow("is missing");
  again.blobs.put(contents.at(-1) ?? "");
  again.blobs.put("alone");
  expect([again.blobs.read(last), again.blobs.read(single)].map(String)).toEqual([contents.at(-1), "alone"]);
  again.close();
});

test("a pack that nobody tells of is removed, and of another what is kept stays", () => {
  const store = openStore(root);
  for (const half of [contents.slice(0, 300), contents.slice(300)]) {
    const batch = store.blobs.batch();
    for (const content of half) batch.put(content);
    batch.commit();
  }
  fs.writeFileSync(path.join(packFolder(), "half-written.pack"), "x");
  const kept = new Set(contents.slice(290).map(sha256));
  const gone = store.blobs.prune((digest) => kept.has(digest), false);
  expect(gone.contents).toBe(290);
  expect(fs.readdirSync(packFolder())).toHaveLength(2);
  store.close();
  const again = findStore(root);
  expect(again?.blobs.digests()).toEqual(kept);
  expect(again?.blobs.read(sha256("content 295")).toString()).toBe("content 295");
  again?.close();
});
