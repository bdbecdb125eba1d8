import { expect, test } from "vitest";
import { readManifests } from "../index.ts";

test.each([
  ["nodejs 22.1.0\npython 3.11.7 3.10.1 # both\n", "==3.11.7", 2],
  ["python system\npython 3.12\n", "==3.12.*", 2],
  ["python pypy3.10-7.3.12 3.10.4\n", "==3.10.4", 1],
  ["nodejs 22.1.0\n", undefined, undefined],
])("%j", (text, specifier, line) => {
  const [manifest] = readManifests([".tool-versions"], () => text);
  expect([manifest?.python?.specifier, manifest?.python?.location.line]).toEqual([specifier, line]);
});
