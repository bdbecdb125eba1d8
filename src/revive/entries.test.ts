import { expect, test } from "vitest";
import { failedRun } from "../../test/support/failed-run.ts";
import { readEntries } from "./entries.ts";

const files = {
  "chapter01/plot.py": "print(1)\n",
  "look at.ipynb": '{"cells": [], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}',
  "dvc.yaml":
    "stages:\n  clean:\n    cmd: python clean.py\n    deps: [clean.py]\n    outs: [clean.csv]\n  train:\n    cmd: python train.py\n    deps: [clean.csv]\n",
};

test("a line, a folder, a notebook and what a launcher stands for", async () => {
  using made = await failedRun(files, { run: "x" }, "");
  const given = ["cd chapter01 && python plot.py -q", "nb:look at.ipynb", "dvc repro"];
  const entries = readEntries(made.project, given);
  expect(
    entries.map(({ given: name, command, before }) => [
      name,
      command.kind,
      command.cwd,
      command.run,
      before.length,
    ]),
  ).toEqual([
    ["cd chapter01 && python plot.py -q", "run", "chapter01", "python plot.py -q", 0],
    ["nb:look at.ipynb", "notebook", ".", "look at.ipynb", 0],
    ["dvc repro", "run", ".", "python train.py", 1],
  ]);
  expect(entries[2]?.command.needs).toEqual([entries[2]?.before[0]?.name]);
});

test("a notebook that is not there is told", async () => {
  using made = await failedRun(files, { run: "x" }, "");
  expect(() => readEntries(made.project, ["nb:none.ipynb"])).toThrow("holds no notebook none.ipynb");
});
