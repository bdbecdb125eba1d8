import { expect, test } from "vitest";
import { specifiersOverlap } from "./overlap.ts";

test.each([
  ["==1.16.0", "==1.15.0", false],
  ["==1.16.0", "==1.16", true],
  ["==1.16.0", ">=1.15", true],
  ["==1.16.0", ">=1.17,<2", false],
  [">=1,<2", ">=2", false],
  [">1.5", "<1.6", true],
  ["~=1.4", "==1.9", true],
  ["", "==1", true],
  ["nonsense", "==1", true],
])("%j and %j overlap: %s", (one, other, overlap) => {
  expect(specifiersOverlap([one, other])).toBe(overlap);
});

test.each([
  ["==3.11.*", ">=3.12", false],
  ["==3.11.*", ">=3.10,<3.13", true],
  ["==3.11.7", "==3.11.*", true],
  ["==3.11.7", "==3.11.9", false],
  [">=3.9", "==3.*", true],
  ["~=3.9", "==3.12.*", true],
  [">=3.8,<4", "!=3.9.*", true],
])("for Python, %j and %j overlap: %s", (one, other, overlap) => {
  expect(specifiersOverlap([one, other], true)).toBe(overlap);
});
