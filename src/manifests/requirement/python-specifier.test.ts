import { expect, test } from "vitest";
import { pythonSpecifier, readManifests } from "../index.ts";

test.each([
  ["3.13", "==3.13.*"],
  ["3.11.7", "==3.11.7"],
  ["3", "==3.*"],
  ["python-3.10", "==3.10.*"],
  ["cpython@3.12", "==3.12.*"],
  ["3.11", "==3.11.*"],
  [">=3.8,<4", ">=3.8,<4"],
  [">=3.10, <3.13", ">=3.10,<3.13"],
  ["3.13.0rc1", "==3.13.0rc1"],
  ["pypy3.9", null],
  ["my-env", null],
])("%s is %s", (said, specifier) => {
  expect(pythonSpecifier(said)).toBe(specifier);
});

test.each([
  [".python-version", "# pyenv\n3.12.1\n3.11\n", "==3.12.1", []],
  [".python-version", "my-env\n", undefined, ["python-version-unclear"]],
  ["runtime.txt", "python-3.7", "==3.7.*", []],
  ["runtime.txt", "3.7\n", undefined, ["python-version-unclear"]],
])("%s %j", (path, text, specifier, rules) => {
  const [manifest] = readManifests([path], () => text);
  expect(manifest?.python?.specifier).toBe(specifier);
  expect(manifest?.findings.map((finding) => finding.rule)).toEqual(rules);
});
