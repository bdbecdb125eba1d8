import { expect, test } from "vitest";
import { confidenceOf } from "./confidence.ts";

test.each([
  [1, 0.95],
  [4, 0.527],
  [19, 0.146],
  [59, 0.0495],
])("%d equal later runs leave %d", (compared, bound) => {
  expect(confidenceOf(compared)?.bound).toBeCloseTo(bound, 3);
});

test("with many runs it is near the rule of three, and below it", () => {
  const bound = confidenceOf(1000)?.bound ?? 1;
  expect(bound).toBeLessThan(3 / 1000);
  expect(bound).toBeGreaterThan(2.9 / 1000);
});

test("nothing compared makes sure of nothing", () => {
  expect(confidenceOf(0)).toBeNull();
});
