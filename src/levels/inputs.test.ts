import { expect, test } from "vitest";
import { agedOut, changedInputs, changedSince, inputsDigest, inputsText, readInputs } from "./inputs.ts";

const inputs = new Map([
  ["b.py", "2".repeat(64)],
  ["a b.py", "1".repeat(64)],
  ["\udcff.csv", "3".repeat(64)],
]);

test("the list of inputs reads back, names that are not UTF-8 included", () => {
  expect(changedInputs(readInputs(inputsText(inputs)), inputs)).toEqual([]);
});

test("the digest does not hang on the order", () => {
  expect(inputsDigest(new Map([...inputs].toReversed()))).toBe(inputsDigest(inputs));
});

test("what was added, changed and removed is named", () => {
  const later = new Map([
    ["b.py", "9".repeat(64)],
    ["a b.py", "1".repeat(64)],
    ["new.py", "4".repeat(64)],
  ]);
  expect(changedInputs(inputs, later)).toEqual(["b.py", "new.py", "\udcff.csv"]);
  expect(changedSince(["a", "b", "c", "d"]).reason).toBe("changed since the proof: a, b, c and 1 more");
});

test("proofs of levels 1 and 2 age in 30 days, others do not", () => {
  const proved = "2026-01-01T00:00:00Z";
  expect(agedOut(1, proved, "2026-01-31T00:00:00Z")).toBeNull();
  expect(agedOut(2, proved, "2026-02-02T00:00:00Z")?.reason).toContain("32 days");
  expect(agedOut(0, proved, "2027-01-01T00:00:00Z")).toBeNull();
  expect(agedOut(3, proved, "2027-01-01T00:00:00Z")).toBeNull();
});
