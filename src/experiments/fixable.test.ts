import { expect, it } from "vitest";
import { fixAll } from "./fixable.ts";
import { sampleSeries, sampleSuspect } from "./sample-series.ts";

const clock = sampleSuspect("clock", { choose: () => ({ clock: 5, control: { timers: 7 } }) });
const locale = sampleSuspect("locale");

it("fixes the clock for Python alone where a command fails with all of it fixed", async () => {
  const suspects = [locale, clock];
  const program = (chosen: ReadonlyMap<string, number>) =>
    chosen.get("clock") === 0 ? ("fails" as const) : { stdout: "" };
  const fixed = await fixAll(
    sampleSeries(program, suspects, 9, () => 1),
    suspects,
  );
  expect(fixed?.unfixable).toEqual([]);
  expect(fixed?.suspects.map(({ choose }) => choose(0))).toEqual([{}, { control: { timers: 7, clock: 5 } }]);
});

it("leaves free what a command cannot bear, and says which", async () => {
  const suspects = [locale, clock];
  const program = (chosen: ReadonlyMap<string, number>) =>
    chosen.get("locale") === 0 ? ("fails" as const) : { stdout: "" };
  const fixed = await fixAll(
    sampleSeries(program, suspects, 9, () => 1),
    suspects,
  );
  expect(fixed?.unfixable).toEqual([locale]);
  expect(fixed?.suspects).toEqual([clock]);
});
