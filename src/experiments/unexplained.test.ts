import { expect, it } from "vitest";
import type { Trace, TracedFile } from "../model/index.ts";
import { unexplained } from "./unexplained.ts";

const at = { file: "a.py", line: 2, cell: null };
const file: Pick<TracedFile, "read" | "written" | "at"> = { read: true, written: true, at };
const nothing: Pick<Trace, "hosts" | "threads" | "processes"> = { hosts: [], threads: 0, processes: [] };

it.each([
  ["entropy", { ...file, path: "/dev/urandom", area: "system", written: false }, "random bytes"],
  ["input-changed", { ...file, path: "/srv/n.txt", area: "outside" }, "each run finds what another left"],
] as const)("suspects %s where a run used such a file", (kind, used, words) => {
  const trace = { ...nothing, files: [used] } as unknown as Trace;
  const found = { causes: [], unstable: ["stdout"], restIsClean: false, exhausted: false, needed: [] };
  const { suspects } = unexplained({ trace, series: { runs: 5 } as never }, ["stdout"], found, []);
  expect(suspects).toMatchObject([{ kind, file: "a.py", line: 2, confirmed: false, outputs: ["stdout"] }]);
  expect(suspects[0]?.experiment).toContain(words);
});
