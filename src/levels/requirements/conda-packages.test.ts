import { expect, test } from "vitest";
import type { Finding } from "../../model/index.ts";
import { subjectWith } from "../sample-subject.ts";
import { declaredImports } from "./declared-imports.ts";
import { downloadsDeclared, environmentForMachines } from "./machine-readable.ts";
import { pinnedDependencies } from "./pinned.ts";

const readWith = (files: Readonly<Record<string, string>>): ReturnType<typeof subjectWith> =>
  subjectWith({ "rung.toml": '[commands.run]\nrun = "python run.py"\n', ...files });

const told = (findings: readonly Finding[]): readonly string[] =>
  findings.map(
    ({ severity, rule, file, line, message }) =>
      `${severity} ${rule} ${file ?? ""}:${String(line)} ${message}`,
  );

test("imports are declared by conda's names, under the names of the Python index", async () => {
  const subject = await readWith({
    "run.py": "import tables\nimport torch\nimport matplotlib.pyplot\nimport cv2\n",
    "environment.yml": "dependencies:\n  - pytables\n  - pytorch\n  - matplotlib-base\n  - opencv\n",
  });
  expect(declaredImports(subject)).toMatchObject({ evidence: { status: "claimed" }, findings: [] });
});

test("one = is a prefix to conda, and the fix says so; == and a build are exact", async () => {
  const subject = await readWith({
    "run.py": "import numpy\n",
    "environment.yml":
      "dependencies:\n  - python=3.9\n  - numpy=2.2.6\n  - scipy==1.13.0\n  - six=1.16.0=pyh_0\n  - rich\n",
  });
  const { evidence, findings } = pinnedDependencies(subject);
  expect(evidence.summary).toBe("without a version: numpy, rich");
  expect(told(findings)).toEqual([
    "error unpinned-dependency environment.yml:3 numpy is declared without its exact version (numpy=2.2.6)",
    "error unpinned-dependency environment.yml:6 rich is declared without a version (rich)",
    "info conda-from-index environment.yml:3 environment.yml names conda packages, which are installed from the Python index",
  ]);
  expect(findings[0]?.fix).toContain('Write numpy==2.2.6 where that is the whole version: to conda one "="');
  expect(environmentForMachines(subject).evidence.summary).toBe(
    "environment.yml, Python ==3.9.* (environment.yml)",
  );
});

test("what the Python index lacks is named with its line, and an error where the code imports it", async () => {
  const subject = await readWith({
    "run.py": "import psi4\nimport numpy\n",
    "environment.yml":
      "channels: [conda-forge]\ndependencies:\n  - numpy==2.2.6\n  - psi4\n  - compilers\n  - r-base\n  - pip\n",
  });
  expect(told(pinnedDependencies(subject).findings)).toEqual([
    "warning conda-from-index environment.yml:4 environment.yml names conda packages, which are installed from the Python index; it has no psi4, compilers, r-base",
  ]);
  const { evidence, findings } = declaredImports(subject);
  expect(evidence).toMatchObject({ status: "missing", summary: "imported, and only conda has it: psi4" });
  expect(told(findings)).toEqual([
    "error conda-only-import environment.yml:4 psi4 is imported (run.py:1), and only conda has psi4",
  ]);
});

test("a module that the index brings is undeclared, though conda has a library of that name", async () => {
  const subject = await readWith({
    "run.py": "import graphviz\n",
    "environment.yml": "dependencies:\n  - graphviz\n",
  });
  expect(told(declaredImports(subject).findings)).toEqual([
    "error undeclared-import run.py:1 graphviz is imported and declared nowhere",
  ]);
});

test("conda's lock names versions under conda's names, unless it is from another state of the spec", async () => {
  const files = {
    "run.py": "import tables\n",
    "anaconda-project-lock.yml":
      "locking_enabled: true\nenv_specs:\n  default:\n    locked: true\n    platforms: [linux-64]\n    packages:\n      all: []\n      linux-64:\n      - pytables=3.9.2=py311_0\n      - hdf5=1.14=0\n",
  };
  const pinned = async (spec: string): Promise<string> =>
    pinnedDependencies(await readWith({ ...files, "anaconda-project.yml": spec })).evidence.summary;
  expect(await pinned("packages:\n  - pytables\n")).toBe("1 direct dependencies, each with its version");
  expect(await pinned("packages:\n  - pytables>=3.10\n")).toBe("without a version: pytables");
});

test("the Python beside the packages counts before runtime.txt", async () => {
  const subject = await readWith({
    "run.py": "",
    "runtime.txt": "python-3.12\n",
    "environment.yml": "dependencies:\n  - python=3.11\n",
  });
  expect(subject.project.python?.specifier).toBe("==3.11.*");
});

test("the downloads that a manifest declares are named", async () => {
  const digest = "a".repeat(64);
  const subject = await readWith({
    "run.py": "",
    "anaconda-project.yml": `packages: [numpy]\ndownloads:\n  DATA:\n    url: https://example.org/a.csv\n    filename: data/a.csv\n    sha256: ${digest}\n`,
  });
  expect(downloadsDeclared(subject).evidence.summary).toBe(
    "to be fetched, each with its digest: data/a.csv from https://example.org/a.csv",
  );
});

test("a fault in a file that nothing is installed from is a warning", async () => {
  const subject = await readWith({
    "run.py": "",
    "requirements.txt": "six==1.16.0\n",
    "environment-local.yml": "dependencies:\n  - pip:\n    - ../mine.whl\n",
  });
  expect(told(subject.project.findings)).toEqual([
    'warning requirement-outside-tree environment-local.yml:3 "../mine.whl" lies outside the project',
  ]);
});
