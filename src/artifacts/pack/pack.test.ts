import { execFileSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { assert, property, uint8Array } from "fast-check";
import { afterAll, expect, test } from "vitest";
import { decodeName, temporaryDirectory } from "../../system/index.ts";
import { readSums, sumsText } from "./checksums.ts";
import { recognisePack } from "./index.ts";
import { sampleCondaPack, samplePixiPack } from "./other-packs/sample-packs.ts";

const room = temporaryDirectory("pack-test");
afterAll(() => room[Symbol.dispose]());

test("sums are those of sha256sum, names with line ends and backslashes too", () => {
  const folder = path.join(room.path, "sums");
  fs.mkdirSync(folder);
  const names = ["plain", "a b é", "line\nend", "back\\slash", "ca\rrige"];
  for (const name of names) fs.writeFileSync(path.join(folder, name), "x");
  const digest = "2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881";
  const text = sumsText(new Map(names.map((name) => [name, digest])));
  fs.writeFileSync(path.join(room.path, "SHA256SUMS"), text);
  execFileSync("sha256sum", ["--strict", "--quiet", "-c", "../SHA256SUMS"], { cwd: folder });
  expect([...readSums(text).keys()].sort()).toEqual([...names].sort());
});

test("any name comes back as it went in, and any bytes are read", () => {
  assert(
    property(uint8Array({ minLength: 1 }), (bytes) => {
      const name = decodeName(Buffer.from(bytes));
      expect([...readSums(sumsText(new Map([[name, "0".repeat(64)]]))).keys()]).toEqual([name]);
      readSums(Buffer.from(bytes));
    }),
  );
});

test("what conda-pack wrote is known, and a changed file in it is named", async () => {
  const { sound, altered } = sampleCondaPack(room.path);
  const found = await recognisePack(sound);
  expect(found).toMatchObject({
    tool: "conda-pack",
    platform: "linux-x86_64",
    python: "3.11.9",
    packages: 2,
    intact: 2,
    differing: 0,
    findings: [],
  });
  expect(found?.evidence[0]).toBe("conda-pack: 2 conda packages for linux-x86_64, Python 3.11.9");
  const other = await recognisePack(altered);
  expect(other?.findings.map(({ rule, message }) => [rule, message.split(": ").slice(1).join(": ")])).toEqual(
    [
      ["pack-altered", "1 files are not as their packages have them: share/tool/data.txt"],
      ["pack-incomplete", expect.stringContaining("lib/python3.11/os.py") as unknown],
    ],
  );
});

test("what pixi-pack wrote is known, and a changed package in it is named", async () => {
  const { sound, altered } = samplePixiPack(room.path);
  expect(await recognisePack(sound)).toMatchObject({
    tool: "pixi-pack",
    platform: "linux-aarch64",
    python: "3.12.4",
    intact: 1,
    unchecked: 1,
    findings: [],
  });
  const other = await recognisePack(altered);
  expect(other?.findings.map(({ message }) => message.split(": ").slice(1).join(": "))).toEqual([
    "1 packages are not as repodata.json has them: channel/linux-aarch64/python-3.12.4-h1.conda",
  ]);
});

test("any other archive is none of them", async () => {
  const file = path.join(room.path, "other.tar");
  execFileSync("tar", ["-cf", file, "-C", room.path, "sums"]);
  expect(await recognisePack(file)).toBeNull();
});
