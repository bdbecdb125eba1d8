import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readPython } from "./python-file.ts";

const read = (text: string) => readPython(Buffer.from(text));
const lines = (...all: string[]): string => `${all.join("\n")}\n`;

describe("readPython", () => {
  it("tells imports apart by when they are carried out", async () => {
    const { imports } = await read(
      lines(
        "import os.path as p, numpy",
        "from . import sibling",
        "from ..pkg.deep import (a as b,",
        "    c)",
        "from x import *",
        "try:",
        "    import yaml",
        "except ImportError:",
        "    import simple_yaml as yaml",
        "if TYPE_CHECKING:",
        "    import pandas",
        "else:",
        "    import polars",
        "def f():",
        "    import torch",
        "with contextlib.suppress(ImportError):",
        "    import tqdm",
        "import importlib",
        'importlib.import_module("plugin.one")',
        '__import__("two")',
        "importlib.import_module(name)",
      ),
    );
    expect(imports.map((one) => `${".".repeat(one.level)}${one.module} ${one.context} ${one.line}`)).toEqual([
      "os.path top 1",
      "numpy top 1",
      ". top 2",
      "..pkg.deep top 3",
      "x top 5",
      "yaml optional 7",
      "simple_yaml optional 9",
      "pandas type-checking 11",
      "polars conditional 13",
      "torch function 15",
      "tqdm optional 17",
      "importlib top 18",
      "plugin.one dynamic 19",
      "two dynamic 20",
    ]);
    expect(imports[3]?.names).toEqual(["a", "c"]);
    expect(imports[4]?.names).toEqual(["*"]);
  });

  it("resolves calls through import aliases", async () => {
    const { calls } = await read(
      lines(
        "import numpy as np, random",
        "from pandas import read_csv as load",
        "from .tools import work",
        "np.random.rand(3)",
        "random.seed(1)",
        'load("data/raw.csv", sep=",")',
        "work()",
        "df.sample(n=3)",
        "df.groupby(k).sample(frac=1, random_state=0)",
        'open("out.txt")',
        "unknown.thing()",
        "def print(x): pass",
        "print(1)",
      ),
    );
    expect(calls).toEqual([
      { name: "numpy.random.rand", hasArguments: true, keywords: [], line: 4 },
      { name: "random.seed", hasArguments: true, keywords: [], line: 5 },
      { name: "pandas.read_csv", hasArguments: true, keywords: ["sep"], literal: "data/raw.csv", line: 6 },
      { name: ".tools.work", hasArguments: false, keywords: [], line: 7 },
      { name: ".sample", hasArguments: true, keywords: ["n"], line: 8 },
      { name: ".sample", hasArguments: true, keywords: ["frac", "random_state"], line: 9 },
      { name: "open", hasArguments: true, keywords: [], literal: "out.txt", line: 10 },
    ]);
  });

  it("finds variables of the environment and absolute paths", async () => {
    const facts = await read(
      lines(
        "import os",
        "from os import environ as env",
        'a = os.environ["A"]',
        'b = env.get("B", "x")',
        'c = os.getenv("C")',
        'os.environ["D"] = "1"',
        'p = "/home/me/data.csv"',
        'q = r"C:\\data\\x.csv"',
        'r = f"~/runs/{name}"',
        'route = "/api/users"',
        'u = "https://example.org/data/x"',
      ),
    );
    expect(facts.environment).toEqual(
      [
        { variable: "A", hasDefault: false, line: 3 },
        { variable: "B", hasDefault: true, line: 4 },
        { variable: "C", hasDefault: false, line: 5 },
      ].sort((a, b) => a.line - b.line),
    );
    expect(facts.absolutePaths.map(({ path }) => path)).toEqual([
      "/home/me/data.csv",
      "C:\\data\\x.csv",
      "~/runs/",
    ]);
  });

  it.each([
    [
      "a library",
      'import logging\n"""doc"""\nlog = logging.getLogger(__name__)\ndef f(): pass\n',
      null,
      null,
    ],
    ["a script", "import pandas as pd\nX = 1\ndf = pd.read_csv('a')\nprint(df)\n", 3, null],
    ["a guarded script", "def main(): pass\nif __name__ == '__main__':\n    main()\n", null, 2],
    ["a loop", "for i in range(3):\n    pass\n", 1, null],
    ["work in a branch", "import sys\nif sys.argv:\n    run()\n", 3, null],
  ])("tells %s by its top level", async (_, text, work, guard) => {
    const facts = await read(text);
    expect([facts.topLevelWorkLine, facts.mainGuardLine]).toEqual([work, guard]);
  });

  it("names the line of a syntax error, Python 2 included", async () => {
    expect((await read("x = 1\ny = (2\nz = 3\n")).syntaxError?.line).toBe(2);
    expect((await read("x = 1\nprint 'hello'\n")).syntaxError).toEqual({
      line: 2,
      message: "a print statement of Python 2",
    });
    expect((await read("print (x), y\nprint -1\n")).syntaxError).toBeNull();
    expect((await read("a = 1\n\0\n")).syntaxError?.line).toBe(2);
  });

  it("reads declared encodings and any line ends", async () => {
    const latin = Buffer.from("# -*- coding: latin-1 -*-\nimport os\r\nx = '/tmp/é'\r\n", "latin1");
    const facts = await readPython(latin);
    expect(facts.absolutePaths).toEqual([{ path: "/tmp/é", line: 3 }]);
  });

  it("survives arbitrary bytes, and nesting deeper than any stack", async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), async (bytes) => {
        expect((await readPython(bytes)).kind).toBe("python");
      }),
      { numRuns: 200 },
    );
    expect((await read(`x = ${"(".repeat(20_000)}1${")".repeat(20_000)}\n`)).kind).toBe("python");
    expect((await read(`x = ${"1 + ".repeat(20_000)}1\n`)).syntaxError).toBeNull();
  });
});
