import { expect, it } from "vitest";
import { weighedByFirstRun } from "./evidence.ts";
import { sampleSuspect } from "./sample-series.ts";

it("takes the first run as evidence on what varies from run to run alone", () => {
  const suspects = [sampleSuspect("clock"), sampleSuspect("home", { varies: "elsewhere" })];
  const weights = (wasSame: boolean) => weighedByFirstRun(suspects, wasSame).map(({ weight }) => weight);
  expect(weights(true)[0]).toBeLessThan(1);
  expect(weights(false)[0]).toBeGreaterThan(1);
  expect([weights(true)[1], weights(false)[1]]).toEqual([1, 1]);
});
