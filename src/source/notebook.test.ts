import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { proposeCellOrder } from "./cell-order.ts";
import { readNotebook } from "./notebook.ts";

interface Cell {
  readonly source: string;
  readonly count?: number | null;
  readonly outputs?: readonly object[];
  readonly tags?: readonly string[];
  readonly markdown?: boolean;
}

function notebook(cells: readonly (string | Cell)[], indent = 1): Buffer {
  const stored = cells.map((given, index) => {
    const cell: Cell = typeof given === "string" ? { source: given } : given;
    const source = cell.source.split(/(?<=\n)/u);
    if (cell.markdown === true) return { cell_type: "markdown", metadata: {}, source };
    const count = cell.count === undefined ? index + 1 : cell.count;
    return {
      cell_type: "code",
      execution_count: count,
      metadata: { tags: cell.tags ?? [] },
      outputs: cell.outputs ?? [],
      source,
    };
  });
  const metadata = {
    kernelspec: { name: "python3", language: "python" },
    language_info: { name: "python", version: "3.11.4" },
  };
  return Buffer.from(
    `${JSON.stringify({ cells: stored, metadata, nbformat: 4, nbformat_minor: 5 }, null, indent)}\n`,
  );
}

const rulesOf = async (...cells: (string | Cell)[]): Promise<string[]> =>
  (await readNotebook("n.ipynb", notebook(cells))).findings.map(
    ({ rule, severity, message }) => `${rule} ${severity}: ${message}`,
  );
const result = (count: number): object => ({
  output_type: "execute_result",
  execution_count: count,
  data: {},
});

describe("readNotebook", () => {
  it("gives facts with lines of the file and numbers of the cell", async () => {
    const bytes = notebook([
      { source: "# Title", markdown: true },
      "import numpy as np\n",
      "x = 1\nnp.random.rand(2)",
    ]);
    const facts = await readNotebook("n.ipynb", bytes);
    const text = bytes.toString().split("\n");
    const [call] = facts.python.calls;
    expect(call).toMatchObject({ name: "numpy.random.rand", cell: 2 });
    expect(text[(call?.line ?? 0) - 1]).toContain("np.random.rand(2)");
    expect(facts.pythonVersion).toBe("3.11.4");
    expect(facts.cells.map(({ defines, uses }) => [defines, uses])).toEqual([
      [["np"], []],
      [["x"], ["np"]],
    ]);
  });

  it("reports a name used above its definition, and one that no cell defines", async () => {
    expect(await rulesOf("print(x)", "x = 1", "x + deleted")).toEqual([
      'notebook-name-before-definition error: code cell 1 (In [1]) uses "x", which only code cell 2 (In [2]), below it, defines',
      'notebook-undefined-name error: code cell 3 (In [3]) uses "deleted", which no cell defines before',
    ]);
    expect(await rulesOf("df = df.dropna()")).toHaveLength(1);
    expect(await rulesOf("def f():\n    return gone\nf()")).toEqual([
      'notebook-undefined-name warning: code cell 1 (In [1]) uses "gone" in a function, which no cell defines',
    ]);
    expect(await rulesOf("if a_flag:\n    pass\nfor i in []:\n    y")).toEqual([
      expect.stringContaining('error: code cell 1 (In [1]) uses "a_flag"'),
      expect.stringContaining('warning: code cell 1 (In [1]) uses "y"'),
    ]);
  });

  it.each([
    ["builtins and IPython's names", "display(len(Out), _, _3, In, __name__)\nget_ipython()"],
    [
      "comprehensions",
      "[a + b for a in range(3) for b in range(a) if b]\n{k: v for k, v in []}\nsum(q for q in [])",
    ],
    ["parameters and locals", "def f(a, *b, c=1, **d):\n    e = a, b, c, d\n    return lambda g=1: (e, g)"],
    ["globals of a function defined below", "def f():\n    return later\nlater = 1\nf()"],
    [
      "walrus, with, except, for, unpacking",
      "E = 1\nif (n := 3): pass\nwith open('x') as (h, i): h, i, n\ntry: pass\nexcept E as e: e\nfor j, (k, *l) in []: j, k, l",
    ],
    ["a NameError that is caught", "try:\n    df\nexcept NameError:\n    df = 1"],
    ["class bodies", "class A:\n    x = 1\n    y = x\n    def m(self): return A, __class__\nA()"],
    ["star imports", "from numpy import *\narray([1])"],
    ["magics that bind", "%pylab inline\nplot(x)"],
    ["shell assignments", "files = !ls\nprint(files)"],
    ["globals()", "globals()['q'] = 1\nq"],
    ["match", "v = [1]\nmatch v:\n    case [a, *b] if a: print(a, b)\n    case {'k': w, **r}: print(w, r)"],
    ["keyword arguments and attributes", "dict(undefined_keyword=1).undefined_attribute"],
    ["global statements", "def f():\n    global made\n    made = 1\nf()\nmade"],
    ["f-strings", "w = 3\nf'{w!r:>{w}}'"],
    ["annotations", "def f(x: 'Later') -> 'Later': pass"],
    ["type parameters", "def f[T](x: T) -> T: return x"],
    ["NameError on purpose", { source: "undefined_on_purpose", tags: ["raises-exception"] }],
    ["a stored error", { source: "undefined_too", outputs: [{ output_type: "error", ename: "NameError" }] }],
    ["code that is no Python", "this is (not python"],
  ])("says nothing about %s", async (_, cell) => {
    expect((await rulesOf(cell)).filter((rule) => rule.includes("name"))).toEqual([]);
  });

  it("reads the traces of how it was run", async () => {
    expect(await rulesOf({ source: "a = 1", count: 2 }, { source: "b = 1", count: 1 })).toEqual([
      "notebook-execution-order warning: code cell 2 (In [1]) was run before code cell 1 (In [2]), which stands above it",
    ]);
    expect(await rulesOf({ source: "a = 1", count: null }, { source: "# nothing", count: null })).toEqual([
      expect.stringContaining("notebook-never-run info"),
    ]);
    expect(await rulesOf("a = 1", { source: "b = 1", count: null })).toEqual([
      "notebook-never-run warning: code cell 2 was never run, though others were",
    ]);
    expect(await rulesOf("a = 1", { source: "2", count: null, outputs: [result(2)] })).toEqual([
      "notebook-edited-after-run warning: code cell 2 was changed after the stored outputs were made",
    ]);
    expect(await rulesOf({ source: "1", count: 3, outputs: [result(2)] })).toHaveLength(1);
    // A tool that strips the counts, or writes one count everywhere, is no trace of an edit.
    expect(await rulesOf({ source: "1", count: null, outputs: [result(1)] })).toEqual([]);
    expect(
      await rulesOf({ source: "1", outputs: [result(1)] }, { source: "2", outputs: [result(1)] }),
    ).toEqual([]);
  });

  it("turns what is no notebook into a finding", async () => {
    for (const text of ["{", "[]", "", "{}", '{"cells": 3}', '{"nbformat": 9, "cells": []}'])
      expect((await readNotebook("n.ipynb", Buffer.from(text))).findings.map(({ rule }) => rule)).toEqual([
        "notebook-unreadable",
      ]);
    const large = await readNotebook("n.ipynb", Buffer.alloc((64 << 20) + 1, " "));
    expect(large.findings[0]?.message).toBe("the notebook is 67 MB large and was not read");
  });

  it("never throws", async () => {
    await fc.assert(
      fc.asyncProperty(fc.json(), fc.string(), async (json, cell) => {
        await readNotebook("n.ipynb", Buffer.from(json));
        await readNotebook("n.ipynb", Buffer.from(`{"cells": ${json}}`));
        await readNotebook(
          "n.ipynb",
          Buffer.from(`{"cells": [${json}, {"cell_type": "code", "source": ${json}}]}`),
        );
        await readNotebook("n.ipynb", notebook([cell]));
        await proposeCellOrder("n.ipynb", notebook([cell, "x = 1"]));
      }),
      { numRuns: 100 },
    );
  });
});

const propose = async (...cells: (string | Cell)[]): Promise<readonly number[] | null> =>
  (await proposeCellOrder("n.ipynb", notebook(cells)))?.order ?? null;

describe("proposeCellOrder", () => {
  it("moves a cell below what it needs, and changes nothing else", async () => {
    const bytes = notebook(["import os", "print(total)", "other = 1", "total = 3", "print(total, other)"], 2);
    const proposal = await proposeCellOrder("n.ipynb", bytes);
    expect(proposal?.order).toEqual([0, 2, 3, 1, 4]);
    const before = JSON.parse(bytes.toString()) as { cells: unknown[] };
    expect(proposal?.text).toBe(
      `${JSON.stringify({ ...before, cells: [0, 2, 3, 1, 4].map((index) => before.cells[index]) }, null, 2)}\n`,
    );
  });

  it("carries the Markdown above a cell along", async () => {
    const title = { source: "# A", markdown: true };
    expect(await propose(title, "print(x)", { source: "# B", markdown: true }, "x = 1", title)).toEqual([
      2, 3, 0, 1, 4,
    ]);
  });

  it("follows calls into functions", async () => {
    expect(await propose("def f():\n    return y", "f(z)", "y = 1", "z = 2")).toEqual([0, 2, 3, 1]);
  });

  it("leaves alone what runs, what cannot be mended and what would be a guess", async () => {
    expect(await propose("x = 1", "print(x)")).toBeNull();
    expect(await propose("print(gone)", "x = 1")).toBeNull();
    expect(await propose("a = b", "b = a")).toBeNull();
    expect(
      await propose("print(x)", { source: "x = 1", count: null }, { source: "x = 2", count: null }),
    ).toBeNull();
  });

  it("takes the value that the stored counts name", async () => {
    const cells = [
      { source: "print(x)", count: 2 },
      { source: "x = 1", count: 1 },
      { source: "x = 2", count: 3 },
    ];
    expect(await propose(...cells)).toEqual([1, 0, 2]);
  });
});
