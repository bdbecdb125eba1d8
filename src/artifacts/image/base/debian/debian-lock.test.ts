import * as fc from "fast-check";
import { expect, test } from "vitest";
import { ToolError } from "../../../../model/index.ts";
import { debianLockText, readDebianLock } from "./debian-lock.ts";

const lock = {
  suite: "bookworm",
  architecture: "amd64",
  packages: [
    { name: "dash", version: "0.5.12-2", sha256: "1".repeat(64) },
    { name: "libc6", version: "1:2.36-9+deb12u10~x", sha256: "2".repeat(64) },
  ],
};

test("a lock is read as it was written", () => {
  expect(readDebianLock(debianLockText(lock), "base.lock")).toEqual(lock);
});

test("what is no package is named by its line", () => {
  const text = `${debianLockText(lock)}; rm -rf / x\n`;
  expect(() => readDebianLock(text, "base.lock")).toThrow(
    expect.objectContaining({ code: "LOCK_FAILED", location: { file: "base.lock", line: 6 } }),
  );
});

test("any text is a lock or refused with a reason", () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      try {
        readDebianLock(text, "x");
      } catch (error) {
        expect(error).toBeInstanceOf(ToolError);
      }
    }),
  );
});
