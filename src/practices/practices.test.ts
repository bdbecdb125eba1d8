import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import fc from "fast-check";
import { afterAll, describe, expect, test } from "vitest";
import { createSourceReader, emptyPythonFacts, type ImportFact } from "../source/index.ts";
import { findPractices } from "./index.ts";
import { practices } from "./practices.ts";
import type { Code } from "./practice.ts";

const folder = fs.mkdtempSync(path.join(fs.realpathSync(os.tmpdir()), "rung-practices-"));
const reader = createSourceReader({ cacheDirectory: path.join(folder, "cache"), workers: 0 });
afterAll(async () => {
  await reader.close();
  fs.rmSync(folder, { recursive: true, force: true });
});

/** Where the rule finds something in a file a.py of these lines, beside a file b.py. */
async function found(rule: string, text: string, other = ""): Promise<readonly string[]> {
  const files = { "a.py": text, "b.py": other };
  for (const [name, content] of Object.entries(files)) fs.writeFileSync(path.join(folder, name), content);
  const listed = Object.entries(files).map(([name, content]) => ({ path: name, size: content.length }));
  const findings = findPractices(await reader.read(folder, listed)).filter(
    (finding) => finding.rule === rule,
  );
  expect(
    findings.every(({ severity, why, fix }) => severity === "warning" && why !== null && fix !== null),
  ).toBe(true);
  return findings.map(({ file, line }) => `${file}:${line}`);
}

const topImport = (module: string): ImportFact => ({
  module,
  level: 0,
  names: [],
  context: "top",
  line: 1,
});

describe("unseeded-random", () => {
  test.each([
    "import random\nprint(random.choice([1, 2]))",
    "import random\nrandom.seed()\nprint(random.random())",
    "import numpy as np\nnp.random.rand(3)",
    "from numpy.random import default_rng\nrng = default_rng()",
    "from scipy import stats\nstats.norm.rvs(size=3)",
    "from sklearn.model_selection import train_test_split\ntrain_test_split(x, y, test_size=0.2)",
    "from sklearn.ensemble import RandomForestClassifier\nRandomForestClassifier(n_estimators=9)",
    "from sklearn.model_selection import KFold\nKFold(5, shuffle=True)",
    "import pandas as pd\ndf.sample(n=3)",
    "import torch\ntorch.randn(3)",
    "import uuid\nuuid.uuid4()",
  ])("%j", async (text) => {
    expect(await found("unseeded-random", text)).toHaveLength(1);
  });

  test.each([
    "import random\nrandom.seed(1)\nprint(random.choice([1, 2]))",
    "import random\nrng = random.Random(1)\nrng.random()",
    "import numpy as np\nrng = np.random.default_rng(1)\nrng.random()",
    "import numpy as np\nnp.random.seed(1)\nnp.random.rand(3)\nfrom sklearn.cluster import KMeans\nKMeans(3)",
    "from sklearn.model_selection import train_test_split\ntrain_test_split(x, y, random_state=1)",
    "from sklearn.model_selection import KFold\nKFold(5)",
    "from sklearn.linear_model import LinearRegression\nLinearRegression()",
    "from sklearn.cluster import KMeans\nKMeans(**options)",
    "import pandas as pd\ndf.sample(n=3, random_state=1)",
    "dist.sample(n=3)",
    "import torch\ntorch.manual_seed(1)\ntorch.randn(3)",
    "import pytorch_lightning as pl\npl.seed_everything(1)\nimport random\nrandom.random()",
  ])("nothing in %j", async (text) => {
    expect(await found("unseeded-random", text)).toEqual([]);
  });

  test("a seed in another file that is reached counts", async () => {
    const text = "import random\nprint(random.random())";
    expect(await found("unseeded-random", text, "import random\nrandom.seed(1)")).toEqual([]);
    expect(await found("unseeded-random", text)).toEqual(["a.py:2"]);
  });
});

describe("clock-reading", () => {
  test.each([
    "import datetime\nprint(datetime.date.today())",
    "from datetime import datetime\nname = f'{datetime.now():%Y}.csv'",
    "import time\nname = time.strftime('%Y-%m-%d')",
    "import time\nseed = int(time.time())",
    "import pandas as pd\nage = pd.Timestamp.now()",
  ])("%j", async (text) => {
    expect(await found("clock-reading", text)).toEqual(["a.py:2"]);
  });

  test.each([
    "import time\nstart = time.time()\nprint(time.time() - start)",
    "import time\nt = time.perf_counter()",
    "import time\ntime.strftime('%Y', time.localtime(0))",
    "import datetime\ndatetime.datetime(2020, 1, 1)",
    "import logging, datetime\nlogging.info('now %s', datetime.datetime.now())",
    "today = date.today()",
  ])("nothing in %j", async (text) => {
    expect(await found("clock-reading", text)).toEqual([]);
  });
});

describe("unordered-listing", () => {
  test.each([
    "import os\nfor name in os.listdir('data'): print(name)",
    "import glob\nfiles = glob.glob('data/*.csv')",
    "from pathlib import Path\nfor path in Path('data').iterdir(): print(path)",
    "from pathlib import Path\nframes = [read(path) for path in Path('data').glob('*.csv')]",
  ])("%j", async (text) => {
    expect(await found("unordered-listing", text)).toEqual(["a.py:2"]);
  });

  test.each([
    "import os\nfor name in sorted(os.listdir('data')): print(name)",
    "import glob\nfiles = glob.glob('data/*.csv')\nfiles.sort()",
    "import glob\nfiles = glob.glob('data/one.csv')",
    "from pathlib import Path\nfor path in sorted(Path('data').glob('*.csv')): print(path)",
    "import os\nif not os.listdir('data'): pass\nprint(len(os.listdir('data')))",
  ])("nothing in %j", async (text) => {
    expect(await found("unordered-listing", text)).toEqual([]);
  });
});

describe.each(practices.map((practice) => [practice.id, practice] as const))("%s", (id, practice) => {
  const call = fc.record({
    name: fc.oneof(fc.string(), fc.constantFrom("random.random", "os.listdir", "time.time", ".sample")),
    hasArguments: fc.boolean(),
    keywords: fc.array(fc.string()),
    line: fc.integer({ min: 1 }),
  });

  test("names its own rule at a place, with why and how to mend it, and never throws", () => {
    fc.assert(
      fc.property(fc.array(call), (calls) => {
        const facts = { ...empty, calls };
        const code: Code = new Map([["a.py", facts]]);
        for (const finding of practice.find(code)) {
          expect(finding).toMatchObject({ rule: id, file: "a.py", severity: "warning" });
          expect(finding.line !== null && finding.why !== null && finding.fix !== null).toBe(true);
        }
      }),
    );
  });

  test("finds nothing where there is no code", () => {
    expect(practice.find(new Map())).toEqual([]);
    expect(practice.title).not.toBe("");
  });
});

const empty = {
  kind: "python",
  imports: [],
  mainGuardLine: null,
  topLevelWorkLine: null,
  calls: [],
  environment: [],
  absolutePaths: [],
  scripts: [],
  installs: [],
  syntaxError: null,
  docstring: false,
  unreadable: null,
} as const;

describe("syntax-error", () => {
  test.each([
    ["import os\nprint('x'\nfor i in range(3)\n    print(i)", 1],
    ["def f(:\n    pass", 1],
    ["print 'hello'", 0],
    ["match = 1\nprint(f'{match!r:>10}')", 0],
  ])("%j", async (text, count) => {
    expect(await found("syntax-error", text)).toHaveLength(count);
  });
});

describe("python-2-code", () => {
  test.each([
    ["x = 1\nprint 'hello'", ["a.py:2"]],
    ["import cPickle\n\ndef f():\n    print 'one'\n    print 'two'", ["a.py:1"]],
    ["try:\n    import cPickle as pickle\nexcept ImportError:\n    import pickle", []],
    ["import sys\nif sys.version_info[0] == 2:\n    import urllib2", []],
    ["from __future__ import print_function\nprint('hello')", []],
  ])("%j", async (text, places) => {
    expect(await found("python-2-code", text)).toEqual(places);
  });

  test("a file of the project that bears the name is meant", () => {
    const code = new Map([
      ["main.py", { ...emptyPythonFacts(), imports: [topImport("Queue"), topImport("urllib2")] }],
      ["Queue.py", emptyPythonFacts()],
    ]);
    expect(practices.flatMap(({ find }) => find(code)).map(({ message }) => message)).toEqual([
      "main.py is written in Python 2: it imports urllib2",
    ]);
  });
});
