import fs from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { temporaryDirectory } from "./temporary.ts";
import { writeOutput } from "./write-output.ts";

test("a file that is there is replaced only when told", () => {
  using room = temporaryDirectory("output-test");
  const file = path.join(room.path, "r.txt");
  writeOutput(file, "mine\n", false);
  expect(() => writeOutput(file, "new\n", false)).toThrow("is there already");
  writeOutput(file, "mine\n", false);
  writeOutput(file, "new\n", true);
  expect(() => writeOutput(room.path, "new\n", true)).toThrow("is a folder");
  expect(fs.readFileSync(file, "utf8")).toBe("new\n");
});
