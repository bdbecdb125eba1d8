import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { lookUp } from "./files.ts";
import { lookUpOnce } from "./look-up-once.ts";

test("finds what lookUp finds, through links to files and folders, and remembers it", () => {
  const root = fs.mkdtempSync(path.join(os.tmpdir(), "rung-look-"));
  onTestFinished(() => fs.rmSync(root, { recursive: true, force: true }));
  fs.mkdirSync(path.join(root, "real/sub"), { recursive: true });
  fs.writeFileSync(path.join(root, "real/sub/file"), "12345", { mode: 0o640 });
  fs.symlinkSync("real", path.join(root, "link"));
  fs.symlinkSync("real/sub/file", path.join(root, "file-link"));
  fs.symlinkSync("nowhere", path.join(root, "broken"));
  const paths = [
    "real/sub/file",
    "link/sub/file",
    "file-link",
    "broken",
    "missing/file",
    "real/sub/file/x",
    "link",
  ];
  const look = lookUpOnce();
  for (const one of paths.map((name) => path.join(root, name))) expect(look(one)).toEqual(lookUp(one));
  const file = path.join(root, "real/sub/file");
  fs.rmSync(file);
  expect(look(file)?.size).toBe(5);
});
