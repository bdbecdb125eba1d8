import { describe, expect, test } from "vitest";
import { localModules, reachableSources } from "./reach.ts";
import { commandsToRead } from "./commands-to-read.ts";
import { codeWith as subjectWith } from "./sample-code.ts";

const config = (run: string): string => `python = "3.11"\n[commands.go]\nrun = "${run}"\n`;

async function reached(files: Readonly<Record<string, string>>): Promise<readonly string[]> {
  return [...reachableSources(await subjectWith(files)).keys()].sort();
}

describe("what a command reaches", () => {
  const step = { "src/step.py": "import six\n", "rung.toml": config("python run.py") };

  test.each([
    "import subprocess, sys\nsubprocess.run([sys.executable, 'src/step.py'], check=True)\n",
    "import runpy\nrunpy.run_path('src/step.py')\n",
    "exec(open('src/step.py').read())\n",
    "import os\nos.system('python src/step.py')\n",
    "from src import step\n",
    "import step\n",
  ])("%j reaches the step", async (code) => {
    expect(await reached({ ...step, "run.py": code })).toEqual(["run.py", "src/step.py"]);
  });

  test("make may reach all that is the project's own, and nothing that builds it", async () => {
    const files = {
      "rung.toml": config("make"),
      "a.py": "import six\n",
      "setup.py": "from setuptools import setup\nsetup()\n",
      "data/setup.py": "import six\n",
      "docs/conf.py": "import sphinx_rtd_theme\n",
    };
    expect(await reached(files)).toEqual(["a.py", "data/setup.py"]);
  });

  test("a notebook's %run and shell lines, from its own folder", async () => {
    const cell = (source: string) => ({ cell_type: "code", metadata: {}, outputs: [], source });
    const notebook = JSON.stringify({
      cells: [cell("%run one.py"), cell("!python two.py")],
      metadata: {},
      nbformat: 4,
      nbformat_minor: 5,
    });
    const files = {
      "work/a.ipynb": notebook,
      "work/one.py": "",
      "work/two.py": "",
      "one.py": "",
      "rung.toml": '[commands.a]\nnotebook = "work/a.ipynb"\n',
    };
    expect(await reached(files)).toEqual(["one.py", "work/a.ipynb", "work/one.py", "work/two.py"]);
  });

  test("an import reaches the module it finds, and no other of that name", async () => {
    const files = {
      "run.py": "import utils\nfrom pkg.deep import thing\n",
      "utils.py": "",
      "old/utils.py": "",
      "pkg/__init__.py": "from .helper import x\n",
      "pkg/helper.py": "",
      "pkg/deep/thing.py": "",
      "rung.toml": config("python run.py"),
    };
    expect(await reached(files)).toEqual([
      "pkg/__init__.py",
      "pkg/deep/thing.py",
      "pkg/helper.py",
      "run.py",
      "utils.py",
    ]);
  });

  test("the file that a line names, and not one whose name ends like it", async () => {
    const files = {
      "run.py": "",
      "my_run.py": "",
      "old/run.py": "",
      "rung.toml": config("python my_run.py"),
    };
    expect(await reached(files)).toEqual(["my_run.py"]);
    expect(await reached({ ...files, "rung.toml": config("cd old && python run.py") })).toEqual([
      "old/run.py",
      "run.py",
    ]);
  });

  test("make may reach all of them", async () => {
    expect(await reached({ "a.py": "", "b/c.py": "", "rung.toml": config("make all") })).toEqual([
      "a.py",
      "b/c.py",
    ]);
  });
});

describe("local modules", () => {
  test("are those that an import finds, not every folder", async () => {
    const subject = await subjectWith({
      "run.py": "import six\n",
      "docs/six/conf.py": "",
      "tools/six.py": "",
      "pkg/sub/x.py": "",
      "src/core.py": "",
      "rung.toml": config("python run.py"),
    });
    const modules = localModules(subject);
    expect(["run", "pkg", "core", "docs"].filter((name) => !modules.has(name))).toEqual([]);
    expect(modules.has("six")).toBe(false);
  });

  test.each([
    "import sys\nsys.path.append('tools')\n",
    "import sys\nsys.path.insert(0, 'tools')\n",
    "import os, sys\nsys.path.insert(0, os.path.join(os.path.dirname(__file__), 'tools'))\n",
    "import sys\nfrom pathlib import Path\nsys.path.append(str(Path(__file__).parent / 'tools'))\n",
  ])("%j adds a folder", async (code) => {
    const files = { "run.py": code, "tools/six.py": "", "rung.toml": config("python run.py") };
    expect(localModules(await subjectWith(files)).has("six")).toBe(true);
  });

  test("what the spec installs from a folder of the project", async () => {
    const files = { "run.py": "import lk\n", "lib/lk.py": "", "rung.toml": config("python run.py") };
    expect(localModules(await subjectWith(files)).has("lk")).toBe(false);
    expect(localModules(await subjectWith({ ...files, "requirements.txt": "./lib\n" })).has("lk")).toBe(true);
  });

  test("the script's own folder, and PYTHONPATH", async () => {
    const files = { "work/run.py": "", "work/near.py": "", "lib/far.py": "", "rung.toml": "" };
    const near = await subjectWith({ ...files, "rung.toml": config("python work/run.py") });
    expect([...localModules(near)].filter((name) => /^(?:near|far)$/u.test(name))).toEqual(["near"]);
    const far = await subjectWith({ ...files, "rung.toml": config("PYTHONPATH=lib python work/run.py") });
    expect(localModules(far).has("far")).toBe(true);
  });
});

test("without a command each file counts, but for what builds the package or its documentation", async () => {
  const code = await subjectWith({
    "package/__init__.py": "import six\n",
    "setup.py": "from setuptools import setup\nsetup()\n",
    "docs/conf.py": "import sphinx\n",
  });
  expect(commandsToRead(code).map(({ name }) => name)).toEqual(["package/__init__.py"]);
});
