import { expect, it } from "vitest";
import type { Run } from "../../model/index.ts";
import type { Lab } from "../lab/lab.ts";
import { startSeries } from "./series.ts";

/** A lab whose command takes so long; no process is started. */
function labThatTakes(seconds: number): Pick<Lab, "runs" | "run" | "differences"> {
  let runs = 0;
  return {
    get runs() {
      return runs;
    },
    async run(_setup, _read) {
      runs += 1;
      const run: Pick<Run, "id" | "durationMs" | "outputs"> = {
        id: `${runs}`,
        durationMs: seconds * 1000,
        outputs: [],
      };
      return {
        run: run as Run,
        failed: false,
        cutShort: null,
        conditionsNotMet: [],
        left: undefined as never,
      };
    },
    differences: async () => [],
  };
}

it.each([
  [3, []],
  [
    61,
    [/^one run takes 61 s: about 9 of them take 10 min, and 30, the most, 31 min \(--runs N bounds them/u],
  ],
])("tells once what is ahead where a run takes %d s", async (seconds, told) => {
  const said: string[] = [];
  const series = startSeries({
    lab: labThatTakes(seconds) as Lab,
    mostRuns: 30,
    expected: 9,
    progress: (line) => said.push(line),
  });
  await series.anew(new Map(), "as it is");
  await series.anew(new Map(), "as it is, again");
  const estimates = said.filter((line) => !line.startsWith("run "));
  expect(estimates).toEqual(told.map((pattern) => expect.stringMatching(pattern)));
});
