import { spawnSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import * as fc from "fast-check";
import { beforeAll, expect, it } from "vitest";
import { loadPythonParser, type PythonParser } from "../../source/index.ts";
import { instrumentNotebook } from "./instrument-notebook.ts";
import { instrument } from "./instrument.ts";

let parser: PythonParser;
beforeAll(async () => {
  parser = await loadPythonParser();
});

const probed = (text: string, cell: number | null = null): string | undefined =>
  instrument(parser, text, { file: "a.py", cell }, 1)?.text;

it.each([
  ["x = f(g(1))", "x = __rung_v__(1, f(__rung_v__(2, g(1))))"],
  ["for a in s: pass", "for a in __rung_i__(1, s): pass"],
  ["y = [a for a in f(s)]", "y = [a for a in __rung_i__(1, __rung_v__(2, f(s)))]"],
  ["shuffle(x)", "__rung_v__(1, shuffle(x), x)"],
  ["rng.shuffle(x.y, z)", "__rung_v__(1, rng.shuffle(x.y, z), rng, x.y, z)"],
  ["l.append(f(x))", "__rung_v__(1, l.append(__rung_v__(2, f(x))))"],
  ["print(a, f(b), sep=c)", "print(__rung_s__(1, a), __rung_v__(2, f(b)), sep=c)"],
  ["a, b = s", "a, b = __rung_i__(1, s)"],
  ["f(*s)", "__rung_v__(1, f(*__rung_i__(2, s)))"],
  ["os.environ['X']", "__rung_v__(1, os.environ['X'])"],
  ["os.environ['X'] = f(1)", "os.environ['X'] = __rung_v__(1, f(1))"],
  ["a[f(1)].b = 2", "a[__rung_v__(1, f(1))].b = 2"],
  ["m.__file__ = __file__", "m.__file__ = __rung_v__(1, __file__)"],
  ["t = f'{a}' 'b'", "t = __rung_v__(1, f'{a}' 'b')"],
  ["t = f'{f(a)=}'", "t = __rung_v__(1, f'{f(a)=}')"],
  ["def g(): return'%s' % x", "def g(): return __rung_v__(1, '%s' % x)"],
  ["z = a @ b ** 2", "z = __rung_v__(1, a @ __rung_v__(2, b ** 2))"],
  ["async def g():\n  await f(x)", "async def g():\n  __rung_v__(1, await f(x))"],
  [
    "async def g():\n  async for a in f(x): pass",
    "async def g():\n  async for a in __rung_v__(1, f(x)): pass",
  ],
  ["f(\n  a,  # first\n  b)", "__rung_v__(1, f(\n  a,  # first\n  b), a, b)"],
])("puts probes into %j", (before, after) => {
  expect(probed(before)).toBe(after);
});

it.each([
  "@f(x)\ndef g(a: h(1) = 2) -> k(3): pass",
  "@njit\ndef g(a):\n    return f(a)",
  "super().__init__",
  "locals()",
  "del a[0]",
  "match a:\n    case B(c=1): pass",
  "import a\nfrom b import c",
  "x: int = 1",
  "'''f(x)'''",
  "for a in b, c: pass",
  "x = np.empty(3)",
  "def g(): yield",
])("leaves %j alone", (text) => {
  expect(probed(text)).toBe(text);
});

it.each(["print 'a'", "x = (", "exec 'a' in b"])("leaves what is no Python 3 alone: %j", (text) => {
  expect(probed(text)).toBeUndefined();
});

it("leaves magics of a notebook as they are, and counts cells and lines", () => {
  const cells = ["# text", "%matplotlib inline\nx = f(1)\n!ls {x}\nfiles = !ls\n%time y = g(x)\nx"];
  const text = JSON.stringify({
    nbformat: 4,
    cells: cells.map((source, index) => ({ cell_type: index === 0 ? "markdown" : "code", source: [source] })),
  });
  const done = instrumentNotebook(parser, text, "a.ipynb", 1);
  const [, cell] = (JSON.parse(done?.text ?? "") as { cells: { source: string }[] }).cells;
  expect(cell?.source).toBe(
    "%matplotlib inline\nx = __rung_v__(1, f(1))\n!ls {x}\nfiles = !ls\n%time y = g(x)\n__rung_s__(3, x)",
  );
  expect(done?.sites[0]).toEqual({
    id: 1,
    file: "a.ipynb",
    cell: 1,
    line: 2,
    column: 4,
    kind: "call",
    text: "f",
    reads: "f(1)",
    gives: "x",
    changes: [],
  });
});

it("keeps the number of lines of any text, and never throws", () => {
  const parts = fc.constantFrom(
    "f(x)",
    "for a in ",
    "[",
    "]",
    "(",
    ")",
    "\n",
    "  ",
    ":",
    "x = ",
    "'''",
    'f"{a}"',
    "é",
    "*",
    "await ",
    "@",
    "lambda: ",
    ", ",
    "yield ",
    "# c",
  );
  fc.assert(
    fc.property(
      fc.oneof(
        fc.array(parts).map((all) => all.join("")),
        fc.string(),
      ),
      (text) => {
        const done = probed(text);
        if (done !== undefined) expect(done.split("\n").length).toBe(text.split("\n").length);
      },
    ),
  );
});

it("gives code that Python compiles, for a part of its own library", () => {
  const library = spawnSync("python3", ["-c", "import os; print(os.path.dirname(os.__file__))"], {
    encoding: "utf8",
  });
  const folder = library.stdout.trim();
  const names = fs.readdirSync(folder).filter((name) => name.endsWith(".py"));
  const texts = names
    .filter((_, index) => index % 4 === 0)
    .flatMap((name) => {
      const text = fs.readFileSync(path.join(folder, name), "utf8");
      return probed(text) ?? [];
    });
  expect(texts.length).toBeGreaterThan(20);
  const check =
    "import json, sys, warnings\nwarnings.simplefilter('ignore')\nfor text in json.load(sys.stdin): compile(text, 'x', 'exec')";
  const done = spawnSync("python3", ["-c", check], { input: JSON.stringify(texts), encoding: "utf8" });
  expect(done.stderr).toBe("");
});
