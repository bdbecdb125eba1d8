import { expect, it } from "vitest";
import { sampleSeries, sampleSuspect } from "./sample-series.ts";
import { vectorOf } from "./series/vector.ts";
import { tellingChoice } from "./telling-choice.ts";

const suspects = [sampleSuspect("random-seed", { drawn: true }), sampleSuspect("clock")];

it.each([
  ["at once where the first draws tell", [0, 1, 0, 0], 1, 2],
  ["at the second", [0, 0, 1, 0], 2, 3],
  ["at the third", [0, 0, 0, 1], 3, 4],
  ["at the first where none tells", [0, 0, 0, 0], 1, 4],
])("begins %s", async (_what, outcomes, choice, runs) => {
  const series = sampleSeries(
    (chosen) => ({ stdout: `${outcomes[chosen.get("random-seed") ?? 0] ?? ""}` }),
    suspects,
  );
  const drawn = suspects.slice(0, 1);
  const rest = await series.under(vectorOf(suspects, [], 0), "");
  await series.under(vectorOf(drawn, drawn, 1), "");
  if (rest === null) throw new Error("no run was allowed");
  expect(await tellingChoice({ series, suspects, reference: rest.run })).toBe(choice);
  expect(series.runs).toBe(runs);
});
