import { expect, it } from "vitest";
import { changesLine } from "./mend-patch.ts";

const notebook = (source: string): string =>
  JSON.stringify({
    cells: [{ cell_type: "code", execution_count: null, metadata: {}, outputs: [], source }],
    metadata: {},
    nbformat: 4,
    nbformat_minor: 5,
  });

it.each([
  ["the line itself", "a = 1\nb = f(x=0)\nc = 2", true],
  ["a line above it", "a = 0\nb = f()\nc = 2", false],
  ["a line put in above it", "a = 1\nseed(0)\nb = f()\nc = 2", false],
])("tells whether a mend changes a line of a cell: %s", (_what, source, isChanged) => {
  const before = notebook("a = 1\nb = f()\nc = 2");
  const change = { path: "a.ipynb", before, after: notebook(source), why: "" };
  const place = { file: "a.ipynb", line: 2, cell: 1 };
  expect(changesLine({ changes: [change] }, place)).toBe(isChanged);
});
