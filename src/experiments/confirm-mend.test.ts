import { expect, it } from "vitest";
import { confirmMend } from "./confirm-mend.ts";
import { sampleSeries, sampleSuspect } from "./sample-series.ts";
import { vectorOf } from "./series/vector.ts";

it("offers no patch with which the command fails", async () => {
  const suspects = [sampleSuspect("threads")];
  const series = sampleSeries(() => ({ stdout: "" }), suspects);
  const reference = await series.under(vectorOf(suspects, [], 0), "");
  if (reference === null) throw new Error("no run was allowed");
  const failing = {
    ...series,
    observed: async () => ({ ...reference, failed: true, left: undefined as never }),
  };
  const inquiry = { series: failing, suspects, reference: reference.run, together: false };
  const cause = { members: suspects, choice: 1, outputs: ["stdout"], differences: [] };
  const changes = [{ path: "a.py", before: "x\n", after: "sorted(x)\n", why: "sorted" }];
  const mend = { summary: "sort", keepsResults: false, changes };
  expect(await confirmMend(inquiry as never, cause, mend as never)).toBeNull();
});
