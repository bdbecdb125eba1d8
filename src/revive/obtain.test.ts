import { execFileSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { temporaryDirectory } from "../system/index.ts";
import { obtainProject } from "./obtain.ts";

let room: ReturnType<typeof temporaryDirectory>;
const at = (name: string): string => path.join(room.path, name);
const quietly = (): void => undefined;
beforeEach(() => {
  room = temporaryDirectory("obtaintest");
});
afterEach(() => room[Symbol.dispose]());

/** A zip of these members, all written on 2020-03-10. */
function zipOf(...names: readonly string[]): string {
  const script = `
import sys, zipfile
with zipfile.ZipFile(sys.argv[1], "w") as a:
    for name in sys.argv[2:]: a.writestr(zipfile.ZipInfo(name, (2020, 3, 10, 12, 0, 0)), b"x")`;
  execFileSync("python3", ["-c", script, at("paper.zip"), ...names]);
  return at("paper.zip");
}

test("an archive becomes a folder, or the one folder in it, with the times that it states", async () => {
  const root = await obtainProject(zipOf("paper/run.py"), at("into/here"), quietly);
  expect(root).toBe(at("into/here/paper"));
  expect(fs.statSync(path.join(root, "run.py")).mtime.toISOString()).toMatch(/^2020-03-10/u);
  fs.mkdirSync(at("empty"));
  expect(await obtainProject(zipOf("run.py", "data.csv"), at("empty"), quietly)).toBe(at("empty"));
  expect(fs.readdirSync(at("empty"))).toEqual(["data.csv", "run.py"]);
  await expect(obtainProject(at("paper.zip"), at("empty"), quietly)).rejects.toMatchObject({ code: "USAGE" });
});

test("what cannot be unpacked or cloned leaves nothing behind", async () => {
  await expect(obtainProject(zipOf("a.py", "../b.py"), at("target"), quietly)).rejects.toMatchObject({
    code: "UNSAFE_ARCHIVE",
  });
  await expect(obtainProject(`file://${at("none.git")}`, at("target"), quietly)).rejects.toMatchObject({
    code: "DOWNLOAD_FAILED",
  });
  expect(fs.readdirSync(room.path)).toEqual(["paper.zip"]);
});
