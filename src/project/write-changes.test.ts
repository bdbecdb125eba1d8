import fs from "node:fs";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { temporaryDirectory } from "../system/index.ts";
import { writeChanges } from "./index.ts";

let room: ReturnType<typeof temporaryDirectory>;
let root: string;
let outside: string;
beforeEach(() => {
  room = temporaryDirectory("changes");
  root = path.join(room.path, "project");
  outside = path.join(room.path, "outside");
  for (const folder of [root, outside]) fs.mkdirSync(folder);
});
afterEach(() => room[Symbol.dispose]());

const change = (name: string, after = "new\n") => ({ path: name, before: null, after, why: "" });
const read = (name: string): string => fs.readFileSync(path.join(root, name), "utf8");

describe("changes are written", () => {
  test("into files and folders that are there or not", () => {
    expect(writeChanges(root, [change("a.txt"), change("out/deep/.gitkeep", "")])).toEqual([
      "a.txt",
      "out/deep/.gitkeep",
    ]);
    expect([read("a.txt"), read("out/deep/.gitkeep")]).toEqual(["new\n", ""]);
  });

  test("where a link within the project leads, and it stays a link", () => {
    fs.mkdirSync(path.join(root, "deps"));
    fs.writeFileSync(path.join(root, "deps/base.txt"), "old\n");
    fs.symlinkSync("deps/base.txt", path.join(root, "requirements.txt"));
    expect(writeChanges(root, [change("requirements.txt")])).toEqual(["deps/base.txt"]);
    expect(fs.readlinkSync(path.join(root, "requirements.txt"))).toBe("deps/base.txt");
    expect(read("deps/base.txt")).toBe("new\n");
  });
});

test.each(["out/sub/.gitkeep", "requirements.txt", "gone.txt", "../outside/a.txt"])(
  "nothing is written where %s lies outside",
  (name) => {
    fs.writeFileSync(path.join(outside, "requirements.txt"), "theirs\n");
    fs.symlinkSync(outside, path.join(root, "out"));
    fs.symlinkSync(path.join(outside, "requirements.txt"), path.join(root, "requirements.txt"));
    fs.symlinkSync(path.join(outside, "gone.txt"), path.join(root, "gone.txt"));
    expect(() => writeChanges(root, [change("a.txt"), change(name)])).toThrow("leads out of the project");
    expect(fs.readdirSync(outside)).toEqual(["requirements.txt"]);
    expect(fs.existsSync(path.join(root, "a.txt"))).toBe(false);
  },
);
