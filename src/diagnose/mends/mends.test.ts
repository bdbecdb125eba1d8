import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import * as fc from "fast-check";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { CauseKind, Trace } from "../../model/index.ts";
import { advice } from "./advice.ts";
import { mends } from "./mends.ts";
import { proposeMends } from "./propose-mends.ts";
import { seedChanges } from "./seed-patch.ts";

let root: string;
beforeAll(() => {
  root = fs.mkdtempSync(path.join(os.tmpdir(), "rung-mends-"));
});
afterAll(() => fs.rmSync(root, { recursive: true, force: true }));

const trace = { generators: [], root: "/p", processes: [{ cwd: "/p" }] } as unknown as Trace;

async function proposals(kind: CauseKind, code: string, line: number, cell: number | null = null) {
  const file = cell === null ? "main.py" : "work.ipynb";
  fs.writeFileSync(path.join(root, file), code);
  return proposeMends({ root, kind, place: { file, line, cell }, site: null, trace });
}

it.each<[CauseKind, string, number, string]>([
  ["random-seed", "rng = np.random.default_rng()  # mine\n", 1, "rng = np.random.default_rng(0)  # mine\n"],
  ["random-seed", "r = random.Random(None)\n", 1, "r = random.Random(0)\n"],
  ["random-seed", "g = torch.Generator()\n", 1, "g = torch.Generator().manual_seed(0)\n"],
  ["random-seed", "import torch\ntorch.seed()\n", 2, "import torch\ntorch.manual_seed(0)\n"],
  ["random-seed", "import torch\ng.seed()  # own\n", 2, "import torch\ng.manual_seed(0)  # own\n"],
  ["random-seed", "rng.seed()\n", 1, "rng.seed(0)\n"],
  ["random-seed", "import torch, random\nrandom.seed(None)\n", 2, "import torch, random\nrandom.seed(0)\n"],
  [
    "random-seed",
    "a, b = train_test_split(\n    x,\n    y,  # target\n)\n",
    1,
    "a, b = train_test_split(\n    x,\n    y, random_state=0,  # target\n)\n",
  ],
  [
    "random-seed",
    "m = RandomForestClassifier()\nm.fit(x)\n",
    2,
    "m = RandomForestClassifier(random_state=0)\nm.fit(x)\n",
  ],
  ["random-seed", "d = df.sample(3)\n", 1, "d = df.sample(3, random_state=0)\n"],
  [
    "random-seed",
    '"""Doc."""\nimport random\n\n\nprint(random.random())\n',
    5,
    '"""Doc."""\nimport random\n\nrandom.seed(0)\n\n\nprint(random.random())\n',
  ],
  [
    "random-seed",
    "import numpy as np\nx = np.random.rand(3)\n",
    2,
    "import numpy as np\n\nnp.random.seed(0)\nx = np.random.rand(3)\n",
  ],
  [
    "directory-order",
    "for f in os.listdir(d):\n    pass\n",
    1,
    "for f in sorted(os.listdir(d)):\n    pass\n",
  ],
  [
    "directory-order",
    "a = [p for p in Path('x').glob('*')]\n",
    1,
    "a = [p for p in sorted(Path('x').glob('*'))]\n",
  ],
  [
    "directory-order",
    "for r, ds, fs in os.walk(d):\n    go(r)\n",
    1,
    "for r, ds, fs in os.walk(d):\n    ds.sort()\n    fs.sort()\n    go(r)\n",
  ],
  [
    "directory-order",
    "for e in os.scandir(d):\n    pass\n",
    1,
    "for e in sorted(os.scandir(d), key=lambda entry: entry.name):\n    pass\n",
  ],
  [
    "working-directory",
    "from pathlib import Path\nfor p in sorted(Path('tables').glob('*.csv')):\n    pass\n",
    2,
    "from pathlib import Path\nfor p in sorted((Path(__file__).resolve().parent / 'tables').glob('*.csv')):\n    pass\n",
  ],
  [
    "working-directory",
    'import glob, pathlib\nx = glob.glob("in/*.txt")\n',
    2,
    'import glob, pathlib\nx = glob.glob(str(pathlib.Path(__file__).resolve().parent / "in/*.txt"))\n',
  ],
  [
    "working-directory",
    'd = pd.read_csv("a.csv", sep=";")\n',
    1,
    'd = pd.read_csv(__import__("pathlib").Path(__file__).resolve().parent / "a.csv", sep=";")\n',
  ],
  ["hash-seed", "x = list(names)\n", 1, "x = sorted(names)\n"],
  ["hash-seed", "x = ', '.join(names)\n", 1, "x = ', '.join(sorted(names))\n"],
  ["hash-seed", "x = tuple(set(a))\n", 1, "x = tuple(sorted(set(a)))\n"],
  [
    "locale",
    "with open('a.txt') as f:\n    pass\n",
    1,
    "with open('a.txt', encoding=\"utf-8\") as f:\n    pass\n",
  ],
  ["locale", "t = p.read_text()\n", 1, 't = p.read_text(encoding="utf-8")\n'],
  ["time-zone", "import time\nt = time.localtime(0)\n", 2, "import time\nt = time.gmtime(0)\n"],
  [
    "time-zone",
    "import datetime\nd = datetime.datetime.fromtimestamp(0)\n",
    2,
    "import datetime\nd = datetime.datetime.fromtimestamp(0, tz=datetime.timezone.utc)\n",
  ],
])("offers for %s in %j", async (kind, before, line, after) => {
  const [first] = await proposals(kind, before, line);
  expect(first?.changes).toEqual([{ path: "main.py", before, after, why: first?.summary }]);
});

it.each<[CauseKind, string]>([
  ["random-seed", "rng = np.random.default_rng(7)\n"],
  ["directory-order", "for f in sorted(os.listdir(d)):\n    pass\n"],
  ["hash-seed", "x = hash(a)\n"],
  ["locale", "f = open('a', 'rb')\n"],
  ["clock", "t = time.time()\n"],
])("leaves for %s alone: %j", async (kind, code) => {
  const all = await proposals(kind, code, 1);
  expect(all.filter(({ summary }) => !summary.startsWith("seed the generator"))).toEqual([]);
});

it("seeds a notebook after its first imports, and keeps the rest byte for byte", async () => {
  const notebook = (lines: string): string =>
    `{\n "cells": [\n  {"cell_type": "code", "execution_count": null, "metadata": {}, "outputs": [],\n   "source": [\n    ${lines}\n   ]},\n  {"cell_type": "code", "execution_count": null, "metadata": {}, "outputs": [], "source": ["print(random.random())"]}\n ],\n "metadata": {"kernelspec": {"name": "python3", "display_name": "é", "language": "python"}},\n "nbformat": 4, "nbformat_minor": 5\n}\n`;
  const before = notebook(String.raw`"# \u00e9\n",` + '\n    "%matplotlib inline\\n",\n    "import random"');
  const [first] = await proposals("random-seed", before, 1, 2);
  const after = notebook(
    String.raw`"# \u00e9\n",` +
      '\n    "%matplotlib inline\\n",\n    "import random\\n",\n    "\\n",\n    "random.seed(0)"',
  );
  expect(first?.changes[0]?.after).toBe(after);
});

it("seeds a notebook in the cell by which the module is there", async () => {
  const cells = ["import sys\nsys.path.append('..')", "import numpy as np", "x = np.random.rand(3)"];
  const before = `${JSON.stringify({
    cells: cells.map((source) => ({
      cell_type: "code",
      execution_count: null,
      metadata: {},
      outputs: [],
      source,
    })),
    metadata: {},
    nbformat: 4,
    nbformat_minor: 5,
  })}\n`;
  const [first] = await proposals("random-seed", before, 1, 3);
  expect(first?.changes[0]?.after).toBe(
    before.replace('"import numpy as np"', String.raw`"import numpy as np\n\nnp.random.seed(0)"`),
  );
});

it("imports what a function alone imports", async () => {
  const code = "import os\n\ndef draw():\n    import numpy as np\n    return np.random.rand()\n";
  const [first] = await proposals("random-seed", code, 5);
  expect(first?.changes[0]?.after).toBe(
    code.replace("import os\n", "import os\n\nimport numpy\nnumpy.random.seed(0)\n"),
  );
});

it("gives the patch that seeds a script, with the imports that it lacks", async () => {
  fs.writeFileSync(path.join(root, "run.py"), "#!/usr/bin/env python\nimport torch as th\n\nth.rand(3)\n");
  const [change] = await seedChanges(root, ["run.py", "gone.py"], ["random", "torch"], 7);
  expect(change?.after).toBe(
    "#!/usr/bin/env python\nimport torch as th\n\nimport random\nrandom.seed(7)\nth.manual_seed(7)\n\nth.rand(3)\n",
  );
});

it("has advice for each kind, and names each mend once", () => {
  for (const text of Object.values(advice)) expect(text).toMatch(/^[a-z]/u);
  expect(new Set(mends.map(({ id }) => id)).size).toBe(mends.length);
  for (const { kinds, summary } of mends) {
    expect(kinds.length).toBeGreaterThan(0);
    expect(summary).toMatch(/^[a-z]/u);
  }
});

it("never throws, and only proposes Python, whatever the code", async () => {
  const pieces = fc.constantFrom(
    "import os\n",
    "for f in os.listdir(d):\n    x()\n",
    "x = [",
    "random.Random()",
    "open('a')",
    "list(s)",
    "\n",
    "    ",
    "fit(x)\n",
    '"""',
    "é = default_rng()\n",
    "for a, b, c in os.walk(q): pass\n",
    "# c\n",
    ")",
  );
  await fc.assert(
    fc.asyncProperty(
      fc.array(pieces, { maxLength: 6 }),
      fc.constantFrom(...(Object.keys(advice) as CauseKind[])),
      fc.nat(5),
      async (parts, kind, line) => {
        const code = parts.join("");
        for (const { changes } of await proposals(kind, code, line + 1))
          expect(changes[0]?.before).toBe(code);
      },
    ),
    { numRuns: 60 },
  );
});
