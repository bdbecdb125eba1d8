import fs from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { temporaryDirectory } from "../system/index.ts";
import { homeTree } from "./home-tree.ts";

test("a folder declares by what its own files say, and a link leads to no home outside", () => {
  using room = temporaryDirectory("homes");
  const root = path.join(room.path, "project");
  const write = (file: string, text: string): void => {
    fs.mkdirSync(path.dirname(path.join(room.path, file)), { recursive: true });
    fs.writeFileSync(path.join(room.path, file), text);
  };
  write("project/one/requirements.txt", "numpy==1.26.4\n");
  write("project/two/README.md", "Run `pip install numpy`.\n");
  write("project/two/requirements.txt", "# nothing\n");
  write("project/three/Makefile", "all:\n\tpip install numpy\n");
  write("project/four/deep/environment.yml", "dependencies:\n  - numpy=1.26\n");
  write("outside/requirements.txt", "numpy\n");
  fs.symlinkSync(path.join(room.path, "outside"), path.join(root, "link"));
  const tree = homeTree(root);
  const declaring = ["one", "two", "three", "four", "four/deep", "link", "absent"].filter(tree.declares);
  expect(declaring).toEqual(["one", "four/deep"]);
  expect(tree.hasFile("one/requirements.txt")).toBe(true);
  expect(tree.readText("one/requirements.txt")).toBe("numpy==1.26.4\n");
  expect(tree.readText("link/requirements.txt")).toBeNull();
});
