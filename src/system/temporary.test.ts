import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { expect, it } from "vitest";
import { lentPrefix, removeTemporaries } from "./temporary.ts";

it("removes at the end what a program that was killed left under our prefix, and nobody else's", () => {
  const prefix = lentPrefix("sample");
  const left = `${path.join(os.tmpdir(), prefix)}ab_12xyz`;
  const others = left.replace(`.${process.pid}-`, `.${process.ppid}-`);
  fs.mkdirSync(left);
  fs.mkdirSync(others);
  fs.writeFileSync(path.join(left, "s-1"), "");
  try {
    removeTemporaries();
    expect([left, others].map((folder) => fs.existsSync(folder))).toEqual([false, true]);
  } finally {
    fs.rmSync(others, { recursive: true });
  }
});
