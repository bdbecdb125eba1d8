/** What is watched: six programs, each a project of its own. */
import fs from "node:fs";
import path from "node:path";

export interface Workload {
  readonly name: string;
  /** What it does, in words. */
  readonly title: string;
  readonly files: Readonly<Record<string, string>>;
  /** The words after `python`. */
  readonly words: readonly string[];
  /** Files of 100 bytes to be read, in data/. */
  readonly inputs?: number;
  /** The goal for the child's time under the hook, as a ratio to plain. */
  readonly childGoal: number | null;
  /** Measured where it is asked for by name alone. */
  readonly isLarge?: boolean;
}

const cells = [
  "import numpy as np\nimport pandas as pd",
  "rows = pd.DataFrame({'x': np.arange(200_000) % 97, 'y': np.arange(200_000) * 0.5})",
  "means = rows.groupby('x').y.mean()\nmeans.head()",
  "total = 0\nfor each in range(6_000_000):\n    total += each % 7\ntotal",
  "rows.describe()",
];
const notebook = {
  cells: cells.map((source, index) => ({
    cell_type: "code",
    id: `cell-${index}`,
    execution_count: null,
    metadata: {},
    outputs: [],
    source,
  })),
  metadata: { kernelspec: { display_name: "Python 3", language: "python", name: "python3" } },
  nbformat: 4,
  nbformat_minor: 5,
};

export const workloads: readonly Workload[] = [
  {
    name: "imports",
    title: "importing numpy, pandas and scikit-learn",
    files: {
      "main.py": "import numpy, pandas, sklearn.ensemble, sklearn.linear_model, sklearn.model_selection\n",
    },
    words: ["main.py"],
    childGoal: 1.05,
  },
  {
    name: "training",
    title: "a scikit-learn training",
    files: {
      "main.py": `
from sklearn.datasets import make_classification
from sklearn.ensemble import RandomForestClassifier
from sklearn.model_selection import cross_val_score
X, y = make_classification(n_samples=3000, n_features=20, random_state=7)
model = RandomForestClassifier(n_estimators=40, random_state=7)
print(cross_val_score(model, X, y, cv=3).mean())
`,
    },
    words: ["main.py"],
    childGoal: 1.05,
  },
  {
    name: "opens",
    title: "20,000 small file reads",
    files: {
      "main.py": `
total = 0
for number in range(20_000):
    with open("data/%05d.txt" % number) as file:
        total += len(file.read())
print(total)
`,
    },
    inputs: 20_000,
    words: ["main.py"],
    childGoal: 2,
  },
  {
    name: "processes",
    title: "300 Python processes",
    files: {
      "main.py": `
import subprocess, sys
for number in range(300):
    subprocess.run([sys.executable, "-c", "pass"], check=True)
`,
    },
    words: ["main.py"],
    childGoal: null,
  },
  {
    name: "cpu",
    title: "pure CPU",
    files: {
      "main.py": `
def collatz(n):
    steps = 0
    while n != 1:
        n = n // 2 if n % 2 == 0 else 3 * n + 1
        steps += 1
    return steps
print(max((collatz(n), n) for n in range(1, 150_000)))
`,
    },
    words: ["main.py"],
    childGoal: 1.05,
  },
  {
    name: "notebook",
    title: "a notebook, run by nbclient",
    files: {
      "study.ipynb": JSON.stringify(notebook),
      "execute.py": `
import nbformat
from nbclient import NotebookClient
NotebookClient(nbformat.read("study.ipynb", as_version=4), kernel_name="python3").execute()
`,
    },
    words: ["execute.py"],
    childGoal: 1.05,
  },
  {
    name: "million-events",
    title: "1,000,000 events, no two alike",
    files: {
      "main.py": `
for number in range(1_000_000):
    try:
        open("missing/%07d" % number)
    except FileNotFoundError:
        pass
`,
    },
    words: ["main.py"],
    childGoal: null,
    isLarge: true,
  },
  {
    name: "100,000-children",
    title: "100,000 children, one after the other",
    files: {
      "main.py": `
import os
for number in range(100_000):
    child = os.fork()
    if child == 0:
        os._exit(0)
    os.waitpid(child, 0)
`,
    },
    words: ["main.py"],
    childGoal: null,
    isLarge: true,
  },
];

/** Lays a workload out in a folder, with the one command `main`. */
export function layOut(workload: Workload, root: string, command: string): void {
  const config = `[commands.main]\nrun = ${JSON.stringify(command)}\n`;
  fs.mkdirSync(path.join(root, "data"), { recursive: true });
  for (const [name, text] of Object.entries({ ...workload.files, "rung.toml": config }))
    fs.writeFileSync(path.join(root, name), text);
  for (let number = 0; number < (workload.inputs ?? 0); number += 1) {
    const text = `${String(number).padStart(5, "0")},`.repeat(16);
    fs.writeFileSync(path.join(root, "data", `${String(number).padStart(5, "0")}.txt`), text);
  }
}
