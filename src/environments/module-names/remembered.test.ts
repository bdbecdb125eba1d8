import { existsSync } from "node:fs";
import path from "node:path";
import { assert, property, string } from "fast-check";
import { afterEach, beforeEach, expect, test } from "vitest";
import {
  cacheDirectory,
  readText,
  temporaryDirectory,
  writeAtomic,
  writeScratch,
} from "../../system/index.ts";
import { releaseKey, rememberInstalled, rememberModules, rememberedModules } from "./remembered.ts";

const before = process.env["RUNG_CACHE"];
let room: ReturnType<typeof temporaryDirectory>;

beforeEach(() => {
  room = temporaryDirectory("memory");
  process.env["RUNG_CACHE"] = path.join(room.path, "cache");
});

afterEach(() => {
  if (before === undefined) delete process.env["RUNG_CACHE"];
  else process.env["RUNG_CACHE"] = before;
  room[Symbol.dispose]();
});

const memory = (): string => cacheDirectory("module-names.txt");

test("an environment's distributions are remembered by name and version, those of a folder apart", async () => {
  const site = path.join(room.path, "env/lib/python3.11/site-packages");
  const put = (file: string, text: string): void => writeScratch(path.join(site, file), text);
  put("PyYAML-6.0.dist-info/RECORD", "yaml/__init__.py,,\n_yaml/__init__.py,,\n");
  put("meta_only-1.0.dist-info/RECORD", "meta_only-1.0.dist-info/METADATA,,\n");
  put("own-1.0.dist-info/RECORD", "own/__init__.py,,\n");
  put("own-1.0.dist-info/direct_url.json", '{"url": "file:///x", "dir_info": {}}');
  await rememberInstalled(path.join(room.path, "env"));
  expect(Object.fromEntries(rememberedModules())).toEqual({
    "pyyaml 6": ["_yaml", "yaml"],
    "meta-only 1": [],
  });
  const text = readText(memory());
  await rememberInstalled(path.join(room.path, "env"));
  expect(readText(memory())).toBe(text);
});

test("2.0 is 2.0.0, and what is seen again replaces what was seen", async () => {
  await rememberModules([{ name: "a", version: "2.0.0", modules: ["old"] }]);
  await rememberModules([{ name: "a", version: "v2.0", modules: ["new"] }]);
  expect(rememberedModules().get(releaseKey("a", "2"))).toEqual(["new"]);
  expect(rememberedModules().size).toBe(1);
});

test("several at once lose nothing", async () => {
  const names = Array.from({ length: 20 }, (_, index) => `p${index}`);
  await Promise.all(names.map((name) => rememberModules([{ name, version: "1", modules: [name] }])));
  expect(rememberedModules().size).toBe(20);
});

test("nothing that could not be read back is written, and a broken memory is none", async () => {
  await rememberModules([
    { name: "a\nb", version: "1", modules: [] },
    { name: "a", version: "1 2", modules: [] },
    { name: "a", version: "1", modules: ["x y"] },
  ]);
  expect(existsSync(memory())).toBe(false);
  assert(
    property(string(), (text) => {
      writeAtomic(memory(), text);
      rememberedModules();
    }),
    { numRuns: 50 },
  );
});
