import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { madeOnce } from "../made-once.ts";
import { cacheUse } from "./cache-use.ts";
import { pruneCache } from "./prune-cache.ts";

let cache = "";
beforeEach(() => {
  cache = fs.mkdtempSync(path.join(os.tmpdir(), "rung-cache-"));
  vi.stubEnv("RUNG_CACHE", cache);
});
afterEach(() => {
  vi.unstubAllEnvs();
  fs.rmSync(cache, { recursive: true, force: true });
});

const make = (letter: string): Promise<{ folder: string }> =>
  madeOnce({
    kind: "environments",
    digest: letter.repeat(64),
    async make(folder) {
      fs.writeFileSync(path.join(folder, "file"), letter.repeat(1000));
      return letter;
    },
    intact: (folder) => fs.existsSync(path.join(folder, "file")),
    progress: () => {},
  });
const age = (file: string, days: number): void => {
  const time = Date.now() / 1000 - days * 86_400;
  fs.utimesSync(file, time, time);
};
const recordOf = (letter: string): string =>
  path.join(cache, "packages/environments", `${letter.repeat(24)}.json`);
const pruning = { olderThanDays: 30, downloads: false, isDry: false, progress: () => {} };

test("what was not used for long goes, and what was used since stays", async () => {
  const [old, used] = [await make("a"), await make("b")];
  for (const letter of ["a", "b"]) age(recordOf(letter), 40);
  await make("b");
  fs.mkdirSync(path.join(cache, "source"));
  for (const [name, days] of [
    ["read.sqlite", 40],
    ["new.sqlite", 1],
  ] as const) {
    fs.writeFileSync(path.join(cache, "source", name), "12345");
    age(path.join(cache, "source", name), days);
  }
  const dry = await pruneCache({ ...pruning, isDry: true });
  expect(fs.existsSync(old.folder)).toBe(true);
  expect(await pruneCache(pruning)).toEqual(dry);
  expect(dry).toEqual([
    { kind: "environments", entries: 1, bytes: 1000 },
    { kind: "what was read", entries: 1, bytes: 5 },
  ]);
  expect([fs.existsSync(old.folder), fs.existsSync(used.folder)]).toEqual([false, true]);
  expect(fs.readdirSync(path.join(cache, "source"))).toEqual(["new.sqlite"]);
  // It is made again where it is asked for.
  expect(fs.existsSync((await make("a")).folder)).toBe(true);
});

test("what a killed maker left goes, and nothing that was used within a day", async () => {
  const home = path.join(cache, "packages/environments");
  const left = path.join(home, `${"c".repeat(24)}.d123456`);
  fs.mkdirSync(left, { recursive: true });
  fs.writeFileSync(path.join(left, "half"), "123");
  age(left, 40);
  expect(await pruneCache(pruning)).toEqual([{ kind: "environments", entries: 1, bytes: 3 }]);
  expect(fs.existsSync(left)).toBe(false);
  await expect(pruneCache({ ...pruning, olderThanDays: 0 })).rejects.toThrow("in use");
});

test("the cache is shown by kind, a file with two names once", async () => {
  const { folder } = await make("a");
  fs.mkdirSync(path.join(cache, "packages/uv"));
  fs.linkSync(path.join(folder, "file"), path.join(cache, "packages/uv/file"));
  fs.writeFileSync(path.join(cache, "seal.key"), "key");
  const use = Object.fromEntries(cacheUse().map(({ kind, bytes }) => [kind, bytes]));
  expect(use["package downloads"]).toBe(1000);
  expect(use["environments"]).toBeLessThan(1000);
  expect(use["other"]).toBe(3);
});
