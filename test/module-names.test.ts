import { execFileSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { gzipSync } from "node:zlib";
import { assert, asyncProperty, uint8Array } from "fast-check";
import { expect, test } from "vitest";
import { observeIndex } from "../scripts/module-names/index-wheels.ts";
import { knownNames } from "../scripts/module-names/known.ts";
import { openObservations, type Observed } from "../scripts/module-names/observed.ts";
import { modulesOfSources, sdistModules } from "../scripts/module-names/sdist-modules.ts";
import { makeTable } from "../scripts/module-names/table.ts";
import { observeUvCache } from "../scripts/module-names/uv-cache.ts";
import { indexWith, wheelWith } from "../src/environments/module-names/sample-index.ts";
import { folderWith } from "../src/inference/sample-code.ts";

/** A source distribution as tar makes it. */
function sdistWith(files: Readonly<Record<string, string>>): Buffer {
  return execFileSync("tar", ["-cz", "-C", folderWith(files), "--", "."], { maxBuffer: 1 << 26 });
}

test("a source tree's modules are its packages, in src/ or at the top, and what setuptools wrote counts before them", async () => {
  expect(modulesOfSources(["a-1/setup.py", "a-1/a/__init__.py", "a-1/one.py", "a-1/bench/run.py"])).toEqual([
    "a",
    "one",
  ]);
  expect(modulesOfSources(["a-1/src/b/__init__.py", "a-1/tool.py", "a-1/tests/test_b.py"])).toEqual(["b"]);
  const inFolder = { "a-1/a.py": "", "a-1/helper.py": "", "a-1/a.egg-info/top_level.txt": "a\n_native\n" };
  const archive = execFileSync("tar", ["-cz", "-C", folderWith(inFolder), "a-1"]);
  expect(await sdistModules(archive)).toEqual(["_native", "a"]);
  const spaced = ["g-1/g/cloud/x/__init__.py", "g-1/setup.py"];
  expect(modulesOfSources(spaced, ["g"])).toEqual(["g.cloud.x"]);
});

test("what is no source distribution, is cut off, or would fill the memory tells nothing", async () => {
  const whole = sdistWith({ "a-1/a.py": "x".repeat(5000) });
  expect(await sdistModules(whole.subarray(0, whole.length - 40))).toBe(null);
  expect(await sdistModules(gzipSync(Buffer.alloc(3000, 7)))).toBe(null);
  await assert(
    asyncProperty(uint8Array({ maxLength: 600 }), async (bytes) => {
      await sdistModules(Buffer.from(bytes));
      await sdistModules(gzipSync(bytes));
    }),
    { numRuns: 50 },
  );
});

test("of an index the newest wheel is read, and a source distribution where there is none", async () => {
  const sdist = execFileSync("tar", [
    "-cz",
    "-C",
    folderWith({ "old-2.0/oldmod/__init__.py": "" }),
    "old-2.0",
  ]);
  const index = await indexWith({
    "new-1.0-py3-none-any.whl": await wheelWith(["one.py"]),
    "new-2.0-py3-none-any.whl": await wheelWith(["two.py"]),
    "old-2.0.tar.gz": sdist,
    "zipped-1.0.zip": await wheelWith(["zipped-1.0/zipped/__init__.py", "zipped-1.0/setup.py"]),
  });
  const found: Omit<Observed, "date">[] = [];
  await observeIndex(["new", "old", "zipped", "nowhere"], index.url, (one) => found.push(one));
  expect(found.toSorted((a, b) => (a.name < b.name ? -1 : 1))).toEqual([
    { name: "new", version: "2.0", modules: ["two"], from: "wheel" },
    { name: "old", version: "2.0", modules: ["oldmod"], from: "sdist" },
    { name: "zipped", version: "1.0", modules: ["zipped"], from: "sdist" },
  ]);
});

test("of a cache of uv the wheels of the public index are read, and the newest is kept", () => {
  const cache = folderWith({
    "archive-v0/a/Two-2.0.dist-info/RECORD": "two/__init__.py,,\n",
    "archive-v0/b/Two-1.0.dist-info/RECORD": "early.py,,\n",
    "archive-v0/c/mine-1.0.dist-info/RECORD": "mine.py,,\n",
    "wheels-v8/pypi/two/2.0-py3.msgpack": "",
    "observed.jsonl": "",
  });
  for (const [version, place] of [
    ["1.0", "b"],
    ["2.0", "a"],
  ] as const)
    fs.symlinkSync(`../../../archive-v0/${place}`, path.join(cache, `wheels-v8/pypi/two/${version}-py3`));
  const observations = openObservations(path.join(cache, "observed.jsonl"));
  for (const found of observeUvCache(cache)) observations.keep({ ...found, from: "wheel" });
  observations.close();
  const again = openObservations(path.join(cache, "observed.jsonl"));
  expect([...again.all.values()]).toMatchObject([
    { name: "two", version: "2.0", modules: ["two"], from: "wheel" },
  ]);
});

test("a pair says how it was read, else it was written by hand; what files deny is said", () => {
  const seen = (name: string, modules: readonly string[]): [string, Observed] => [
    name,
    { name, version: "1.0", modules, from: "wheel", date: "2026-01-02" },
  ];
  const observed = new Map([
    seen("pyyaml", ["yaml"]),
    seen("networkx", ["networkx"]),
    seen("dateless", ["when"]),
  ]);
  const known = knownNames("yaml = pyyaml\nnx = networkx\nPIL = pillow\n");
  const { names, read, denied } = makeTable(known, observed, new Map(), "2026-01-03");
  expect(read).toEqual({
    "networkx networkx": "wheel 1.0, 2026-01-02",
    "when dateless": "wheel 1.0, 2026-01-02",
    "yaml pyyaml": "wheel 1.0, 2026-01-02",
  });
  expect(denied).toEqual(["nx = networkx: networkx 1.0 brings networkx"]);
  expect(names.counts).toMatchObject({ read: 3, byHand: 2, readFromDistributions: 3 });
});

test("the documentation tells the table's counts as they are", () => {
  const read = (file: string): string => fs.readFileSync(path.join(import.meta.dirname, "..", file), "utf8");
  const { counts } = JSON.parse(read("src/inference/module-names.json")) as {
    readonly counts: Readonly<Record<string, number>>;
  };
  const text = read("docs/how-needs-are-inferred.md").replaceAll(/\s+/gu, " ");
  const said = (name: string): string => (counts[name] ?? 0).toLocaleString("en-US");
  expect(text).toContain(
    `${said("read")} pairs are read from wheels of ${said("readFromDistributions")} distributions, and ${said("byHand")} are written by hand`,
  );
});
