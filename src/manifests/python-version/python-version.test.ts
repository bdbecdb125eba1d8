import { expect, test } from "vitest";
import { readManifests } from "../index.ts";

test.each([
  ["3.12\n", "==3.12.*", 1],
  ["# which\n\n3.11.7 3.10.13\n", "==3.11.7", 3],
  ["pypy3.10-7.3.12\n3.10.4\n", "==3.10.4", 2],
  ["3.11.4:3.9.1", "==3.11.4", 1],
  ["system\ncpython@3.13\n", "==3.13.*", 2],
])("%j", (text, specifier, line) => {
  const manifest = readManifests([".python-version"], () => text)[0];
  expect(manifest?.python).toEqual({ specifier, location: { file: ".python-version", line } });
  expect(manifest?.findings).toEqual([]);
});

test.each(["my-env", "pypy3.10-7.3.12"])("%s names no version of CPython", (text) => {
  const manifest = readManifests([".python-version"], () => text)[0];
  expect(manifest?.python).toBeNull();
  expect(manifest?.findings).toMatchObject([{ rule: "python-version-unclear", line: 1 }]);
});
