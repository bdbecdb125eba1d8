import fs from "node:fs";
import path from "node:path";
import { expect, it } from "vitest";
import { sampleRun } from "../../sandbox/sample-request.ts";
import { openScratchStore } from "../../store/index.ts";
import { temporaryDirectory } from "../../system/index.ts";
import { withOwnCells } from "./own-cells.ts";

const notebook = (source: string, text: string): string =>
  JSON.stringify({ cells: [{ cell_type: "code", source, outputs: [{ text }] }], nbformat: 4 });

it.each([
  ["the cell as it was written", notebook("f(x)", "stale"), notebook("f(x)", "fresh")],
  ["another notebook as it is", '{"cells": []}', notebook("__rung_v__(1, f(x))", "fresh")],
  ["what is no notebook as it is", "{", notebook("__rung_v__(1, f(x))", "fresh")],
])("gives an instrumented run's outputs with %s", (_what, own, expected) => {
  using folder = temporaryDirectory("own-cells-test");
  const store = openScratchStore(folder.path);
  try {
    fs.writeFileSync(path.join(folder.path, "a.ipynb"), own);
    const digest = store.blobs.put(Buffer.from(notebook("__rung_v__(1, f(x))", "fresh")));
    const output = { change: "created", digest, size: 1, mode: 0o644, symlink: false } as const;
    const run = sampleRun({ outputs: [{ kind: "notebook", path: "a.ipynb", ...output }] });
    const [found] = withOwnCells(run, folder.path, store.blobs).outputs;
    expect(store.blobs.read(found?.digest ?? "").toString("utf8")).toBe(expected);
  } finally {
    store.close();
  }
});
