import fs from "node:fs";
import path from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { removeTree } from "../system/index.ts";
import { copyTree } from "./copy-tree.ts";
import { makeSample, type Sample } from "./sample-request.ts";

let sample: Sample;
let target: string;
beforeEach(() => {
  sample = makeSample({ "a/b.txt": "b", "run.sh": "#!/bin/sh\n" });
  target = path.join(sample.folder, "copy");
});
afterEach(() => sample.remove());

it("keeps modes, times, links (loops too) and empty folders", () => {
  fs.chmodSync(path.join(sample.root, "run.sh"), 0o755);
  fs.mkdirSync(path.join(sample.root, "empty"));
  fs.symlinkSync("..", path.join(sample.root, "a/loop"));
  fs.symlinkSync("/nowhere/at all", path.join(sample.root, "broken"));
  fs.utimesSync(path.join(sample.root, "a/b.txt"), 1_000_000, 1_000_000);
  fs.utimesSync(path.join(sample.root, "a"), 2_000_000, 2_000_000);
  expect(copyTree(sample.root, target)).toEqual([]);
  expect(fs.statSync(path.join(target, "run.sh")).mode & 0o777).toBe(0o755);
  expect(fs.readdirSync(path.join(target, "empty"))).toEqual([]);
  expect(fs.readlinkSync(path.join(target, "a/loop"))).toBe("..");
  expect(fs.readlinkSync(path.join(target, "broken"))).toBe("/nowhere/at all");
  expect(fs.statSync(path.join(target, "a/b.txt")).mtimeMs).toBe(1_000_000_000);
  expect(fs.statSync(path.join(target, "a")).mtimeMs).toBe(2_000_000_000);
});

it("fills folders that are read-only, and they can be removed again", () => {
  fs.chmodSync(path.join(sample.root, "a"), 0o555);
  copyTree(sample.root, target);
  expect(fs.readFileSync(path.join(target, "a/b.txt"), "utf8")).toBe("b");
  expect(fs.statSync(path.join(target, "a")).mode & 0o777).toBe(0o555);
  removeTree(target);
  expect(fs.existsSync(target)).toBe(false);
  fs.chmodSync(path.join(sample.root, "a"), 0o755);
});

it("leaves out what it is told to, and names what cannot be copied", async () => {
  const { spawnSync } = await import("node:child_process");
  spawnSync("mkfifo", [path.join(sample.root, "pipe")]);
  expect(copyTree(sample.root, target, (folder) => folder === "a")).toEqual([
    { path: "pipe", reason: "neither a file nor a folder" },
  ]);
  expect(fs.readdirSync(target)).toEqual(["run.sh"]);
});
