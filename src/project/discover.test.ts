import fs from "node:fs";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Project } from "../model/index.ts";
import { createSourceReader } from "../source/index.ts";
import { temporaryDirectory } from "../system/index.ts";
import { discoverProject, projectRoot } from "./index.ts";

let room: ReturnType<typeof temporaryDirectory>;
beforeEach(() => {
  room = temporaryDirectory("discover");
});
afterEach(() => room[Symbol.dispose]());

/** A project that holds these files, as it is discovered. */
async function discovered(files: Readonly<Record<string, string>>): Promise<Project> {
  const root = path.join(room.path, "project");
  for (const [name, text] of Object.entries(files)) {
    fs.mkdirSync(path.dirname(path.join(root, name)), { recursive: true });
    fs.writeFileSync(path.join(root, name), text);
  }
  const reader = createSourceReader({ cacheDirectory: path.join(room.path, "cache"), workers: 0 });
  try {
    const { project } = await discoverProject(root, (at, entries) =>
      reader.read(
        at,
        entries.filter((entry) => entry.kind === "file" && /\.(py|ipynb)$/u.test(entry.path)),
      ),
    );
    return project;
  } finally {
    await reader.close();
  }
}

const commandsOf = (project: Project): string[] =>
  project.commands.map(
    ({ origin, kind, run, location }) => `${origin} ${kind} ${run} (${location?.file ?? ""})`,
  );

const notebook = JSON.stringify({
  nbformat: 4,
  nbformat_minor: 5,
  metadata: { kernelspec: { name: "python3", language: "python", display_name: "Python 3" } },
  cells: [{ cell_type: "code", id: "a", execution_count: null, metadata: {}, outputs: [], source: "1 + 1" }],
});
const files = {
  "rung.toml": '[commands.one]\nrun = "python one.py"\n',
  "pyproject.toml":
    '[project]\nname = "tool"\nversion = "1"\n\n[tool.rung.commands.two]\nrun = "python two.py"\n',
  Makefile: "all:\n\tpython three.py\n",
  "README.md": "# Read me\n\n```sh\npython four.py\n```\n",
  "explore.ipynb": notebook,
  "five.py": 'if __name__ == "__main__":\n    print(5)\n',
};

/** The files from this one on, in the order of weight. */
function from(first: keyof typeof files): Readonly<Record<string, string>> {
  const names = Object.keys(files);
  return Object.fromEntries(Object.entries(files).slice(names.indexOf(first)));
}

describe("commands are those of", () => {
  test("rung.toml, before anything else", async () => {
    expect(commandsOf(await discovered(from("rung.toml")))).toEqual([
      "declared run python one.py (rung.toml)",
    ]);
  });

  test("[tool.rung], where there is no rung.toml", async () => {
    const project = await discovered(from("pyproject.toml"));
    expect(commandsOf(project)).toEqual(["declared run python two.py (pyproject.toml)"]);
    expect([project.configFile, project.name]).toEqual(["pyproject.toml", "tool"]);
  });

  test("files meant for machines, and then nothing is guessed", async () => {
    expect(commandsOf(await discovered(from("Makefile")))).toEqual(["found run make all (Makefile)"]);
  });

  test.each([
    ["anaconda-project.yml", "commands:\n  go: {unix: python x.py}\n", "python x.py"],
    ["conda-project.yml", "commands:\n  go: python x.py\n", "python x.py"],
    ["pixi.toml", '[tasks]\ngo = "python x.py"\n', "python x.py"],
    ["MLproject", "entry_points:\n  main: {command: python x.py}\n", "python x.py"],
    ["dvc.yaml", "stages:\n  go: {cmd: python x.py}\n", "python x.py"],
    ["Snakefile", "rule all:\n    input: 'a.csv'\n", "snakemake --cores 1"],
    ["justfile", "go:\n    python x.py\n", "python x.py"],
    ["binder/start", '#!/bin/bash\npython x.py\nexec "$@"\n', "python x.py"],
  ])("%s, which is meant for machines too", async (name, text, run) => {
    const project = await discovered({ ...from("README.md"), [name]: text });
    expect(commandsOf(project)).toEqual([`found run ${run} (${name})`]);
  });

  test("several files, where what a command needs follows its new name", async () => {
    const project = await discovered({
      "dvc.yaml":
        "stages:\n  data: {cmd: python data.py, outs: [d]}\n  fit: {cmd: python fit.py, deps: [d], outs: [m]}\n",
      justfile: "data:\n    python other.py\nfit: data\n    python second.py\n",
    });
    expect(project.commands.map(({ name, needs }) => [name, needs])).toEqual([
      ["data", []],
      ["fit", ["data"]],
      ["data-2", []],
      ["fit-2", ["data-2"]],
    ]);
  });

  test("the instructions, and the notebooks that they do not mention", async () => {
    expect(commandsOf(await discovered(from("README.md")))).toEqual([
      "found run python four.py (README.md)",
      "guessed notebook explore.ipynb (explore.ipynb)",
    ]);
    const mentioned = {
      "README.md": "Run:\n\n```\njupyter nbconvert --execute explore.ipynb\n```\n",
      "explore.ipynb": notebook,
    };
    expect(commandsOf(await discovered(mentioned)).filter((line) => line.startsWith("guessed"))).toEqual([]);
  });

  test("nobody: then scripts and notebooks are guessed, and said to be", async () => {
    expect(commandsOf(await discovered(from("explore.ipynb")))).toEqual([
      "guessed run python five.py (five.py)",
      "guessed notebook explore.ipynb (explore.ipynb)",
    ]);
  });
});

describe("a configuration", () => {
  test("that cannot be followed is a finding, and nothing is guessed in its place", async () => {
    const project = await discovered({
      ...from("README.md"),
      "rung.toml": '[commands.one]\nrum = "python one.py"\n',
    });
    expect(project.commands).toEqual([]);
    expect(project.findings).toMatchObject([{ rule: "config-unknown-key", file: "rung.toml", line: 2 }]);
  });

  test("without commands leaves them to be discovered", async () => {
    const project = await discovered({ ...from("five.py"), "rung.toml": "target = 1\n" });
    expect(project.config.target).toBe(1);
    expect(commandsOf(project)).toEqual(["guessed run python five.py (five.py)"]);
  });
});

describe("scripts are guessed", () => {
  test("where they do something when run, and no other file imports them", async () => {
    const project = await discovered({
      "main.py": "import helper\nimport model\nprint(helper.x)\n",
      "helper.py": 'x = 1\nif __name__ == "__main__":\n    print(x)\n',
      "model.py": "def fit():\n    return 1\n",
      "setup.py": "from setuptools import setup\nsetup()\n",
      "tests/test_model.py": "print('not a command')\n",
    });
    expect(commandsOf(project)).toEqual(["guessed run python main.py (main.py)"]);
  });

  test("by their top-level work where none has a guard", async () => {
    const project = await discovered({ "a b.py": "print(1)\n", "lib.py": "x = 1\ndef f():\n    pass\n" });
    expect(project.commands).toMatchObject([
      {
        name: "a-b",
        run: "python 'a b.py'",
        origin: "guessed",
        cwd: ".",
        location: { file: "a b.py", line: 1 },
      },
    ]);
  });

  test("though no Python reads them, where there is no other", async () => {
    const broken = "import os\nprint('x'\nfor i in range(3)\n    print(i)\n";
    expect((await discovered({ "a.py": broken })).commands).toMatchObject([
      { run: "python a.py", location: { file: "a.py" } },
    ]);
    const other = await discovered({ "a.py": broken, "main.py": "print(1)\n" });
    expect(commandsOf(other)).toEqual(["guessed run python main.py (main.py)"]);
  });

  test("under names of their own", async () => {
    const project = await discovered({ "one/run.py": "print(1)\n", "two/run.py": "print(2)\n" });
    expect(project.commands.map(({ name, run }) => [name, run])).toEqual([
      ["run", "python one/run.py"],
      ["run-2", "python two/run.py"],
    ]);
  });
});

describe("the Python asked for", () => {
  const stated = { "runtime.txt": "python-3.10\n", ".python-version": "3.12.1\n" };

  test("is that of rung.toml", async () => {
    const project = await discovered({ ...stated, "rung.toml": 'python = "3.11"\n' });
    expect(project.python).toEqual({ specifier: "==3.11.*", location: { file: "rung.toml", line: null } });
  });

  test("else the most specific that any file states", async () => {
    expect((await discovered(stated)).python).toEqual({
      specifier: "==3.12.1",
      location: { file: ".python-version", line: 1 },
    });
  });

  test("else unknown", async () => {
    expect((await discovered({ "a.py": "" })).python).toBeNull();
  });
});

describe("the files", () => {
  test("leave out what tools make: caches, environments, version control, what Rung keeps", async () => {
    const project = await discovered({
      "a.py": "",
      "__pycache__/a.pyc": "",
      "pkg/b.pyc": "",
      ".ipynb_checkpoints/n.ipynb": "",
      "my-env/pyvenv.cfg": "",
      "my-env/bin/python": "",
      "my-env/lib/x.py": "",
      ".rung/rung.sqlite": "",
      "tool.egg-info/PKG-INFO": "",
      "node_modules/x/setup.py": "",
      "data/raw.csv": "",
      "README.md": "",
    });
    expect(project.files.map((file) => file.path)).toEqual(["README.md", "a.py", "data/raw.csv"]);
    expect(project.data).toEqual(["data/raw.csv"]);
    expect(project.documents).toEqual(["README.md"]);
  });

  test("keep names that are not UTF-8", async () => {
    fs.mkdirSync(path.join(room.path, "project"));
    fs.writeFileSync(
      Buffer.concat([Buffer.from(`${room.path}/project/`), Buffer.from([0xe9, 0x2e, 0x70, 0x79])]),
      "print(1)\n",
    );
    const project = await discovered({ "b.py": "" });
    expect(project.files.map((file) => file.path)).toEqual(["b.py", "\udce9.py"]);
    expect(project.commands).toMatchObject([
      { run: "python '\udce9.py'", location: { file: "\udce9.py", line: 1 } },
    ]);
  });
});

test("a path that is no folder is an error with a hint", () => {
  expect(() => projectRoot(path.join(room.path, "missing"))).toThrow(
    expect.objectContaining({ code: "PROJECT_NOT_FOUND", hint: expect.stringContaining("folder") }),
  );
});
