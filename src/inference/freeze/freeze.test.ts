import { execFileSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import { folderWith } from "../sample-code.ts";
import { freezeProject, type Frozen } from "./freeze-environment.ts";
import { frozenText } from "./frozen-text.ts";
import { readDirectUrl } from "./origins.ts";

const python = fs.realpathSync(execFileSync("which", ["python3"], { encoding: "utf8" }).trim());
const site = "lib/python3.11/site-packages";

/** The files of a distribution as an installer leaves them. */
function installed(
  name: string,
  more: {
    readonly requires?: readonly string[];
    readonly origin?: unknown;
    readonly files?: readonly string[];
  } = {},
): Record<string, string> {
  const info = `${site}/${name}-1.0.dist-info`;
  const requires = (more.requires ?? []).map((text) => `Requires-Dist: ${text}\n`).join("");
  const extras = (more.requires ?? []).flatMap((text) => /extra == '(\w+)'/u.exec(text)?.[1] ?? []);
  const head = `Metadata-Version: 2.1\nName: ${name}\nVersion: 1.0\n`;
  return {
    [`${info}/METADATA`]: `${head}${extras.map((extra) => `Provides-Extra: ${extra}\n`).join("")}${requires}\nText\n`,
    [`${info}/RECORD`]: (more.files ?? [`${name}/__init__.py`]).map((file) => `${file},,\n`).join(""),
    ...(more.origin === undefined ? {} : { [`${info}/direct_url.json`]: JSON.stringify(more.origin) }),
  };
}

/** A virtual environment with these files; its Python is the machine's. */
function environmentWith(...parts: readonly Readonly<Record<string, string>>[]): string {
  const prefix = folderWith({
    "pyvenv.cfg": `home = ${path.dirname(python)}\n`,
    ...Object.assign({}, ...parts),
  });
  fs.mkdirSync(path.join(prefix, "bin"));
  fs.symlinkSync(python, path.join(prefix, "bin", "python"));
  return prefix;
}

async function freeze(
  project: Readonly<Record<string, string>>,
  place: string,
  all = false,
): Promise<Frozen> {
  return (await freezeProject(folderWith(project), { place, kernel: null, all })).frozen;
}

const text = (frozen: Frozen): string =>
  frozenText(frozen, "requirements", "x").replace(/^# Python.*\n/u, "");

test("what the commands import comes first, then what that needs here, and nothing else", async () => {
  const prefix = environmentWith(
    installed("Alpha_Lib", {
      files: ["alpha/__init__.py"],
      requires: [
        "beta>=1",
        "gamma; sys_platform == 'win32'",
        "delta; extra == 'fast'",
        "zeta; extra == 'slow'",
      ],
    }),
    installed("beta", { requires: ["epsilon (>=0.5)"] }),
    ...["gamma", "delta", "epsilon", "zeta", "unused", "pip"].map((name) => installed(name)),
  );
  const project = { "run.py": "import alpha\n", "requirements.txt": "alpha-lib[fast]\n" };
  expect(text(await freeze(project, prefix))).toBe(
    `alpha-lib==1.0

# What these need in turn
beta==1.0  # via alpha-lib
delta==1.0  # via alpha-lib
epsilon==1.0  # via beta
`,
  );
  const all = await freeze(project, prefix, true);
  expect(all.direct.map(({ name }) => name)).toEqual(["alpha-lib", "gamma", "unused", "zeta"]);
  expect(all.recursive.map(({ name }) => name)).toEqual(["beta", "delta", "epsilon"]);
});

test("version control, archives and files are recorded as they were installed (PEP 610)", async () => {
  const commit = "a".repeat(40);
  const prefix = environmentWith(
    installed("fromgit", {
      origin: {
        url: "https://me:secret@example.org/x.git",
        vcs_info: { vcs: "git", commit_id: commit },
        subdirectory: "py",
      },
    }),
    installed("fromurl", {
      origin: {
        url: "https://example.org/fromurl.whl",
        archive_info: { hashes: { sha256: "b".repeat(64) } },
      },
    }),
    installed("fromfile", { origin: { url: "file:///nowhere/fromfile.whl", archive_info: {} } }),
  );
  const frozen = await freeze({ "run.py": "import fromgit, fromurl, fromfile\n" }, prefix);
  expect(frozen.direct.map(({ pin }) => pin)).toEqual([
    "fromfile==1.0",
    `fromgit @ git+https://example.org/x.git@${commit}#subdirectory=py`,
    `fromurl @ https://example.org/fromurl.whl#sha256=${"b".repeat(64)}`,
  ]);
  expect(frozen.findings).toMatchObject([
    { rule: "local-wheel", message: "fromfile 1.0 is installed from the file /nowhere/fromfile.whl" },
  ]);
});

test("an editable installation is its commit, and what it lacks is said", async () => {
  const clone = folderWith({ "setup.py": "", "lib/__init__.py": "" });
  const git = (...words: readonly string[]): string =>
    execFileSync("git", ["-c", "user.name=a", "-c", "user.email=a@b", ...words], {
      cwd: clone,
      encoding: "utf8",
    });
  git("init", "-q");
  git("add", "-A");
  git("commit", "-qm", "x");
  const origin = { url: `file://${clone}`, dir_info: { editable: true } };
  const prefix = environmentWith(installed("lib", { origin, files: ["__editable__.lib.pth"] }), {
    [`${site}/lib-1.0.dist-info/top_level.txt`]: "lib\n",
  });
  const project = { "run.py": "import lib\n" };
  const hidden = await freeze(project, prefix);
  expect(text(hidden)).toBe("lib==1.0\n");
  expect(hidden.findings.map(({ rule }) => rule)).toEqual(["editable-without-commit"]);
  git("remote", "add", "origin", "git@example.org:lab/lib.git");
  const head = git("rev-parse", "HEAD").trim();
  const clean = await freeze(project, prefix);
  expect(text(clean)).toBe(`-e git+ssh://git@example.org/lab/lib.git@${head}#egg=lib\n`);
  expect(clean.findings).toEqual([]);
  fs.writeFileSync(path.join(clone, "lib/__init__.py"), "x = 1\n");
  expect((await freeze(project, prefix)).findings).toMatchObject([
    { rule: "dirty-editable", severity: "error" },
  ]);
});

test("the project's own folder, and an egg-link", async () => {
  const root = folderWith({ "run.py": "import own, old\n", "lib/own/__init__.py": "" });
  const old = folderWith({ "old/__init__.py": "" });
  const origin = { url: `file://${root}/lib`, dir_info: { editable: true } };
  const prefix = environmentWith(installed("own", { origin }), installed("old"), {
    [`${site}/old.egg-link`]: `${old}\n.`,
  });
  const { frozen } = await freezeProject(root, { place: prefix, kernel: null, all: false });
  expect(frozen.direct.map(({ pin }) => pin)).toEqual(["old==1.0", "-e ./lib"]);
  expect(frozen.findings.map(({ rule }) => rule)).toContain("editable-without-commit");
});

test("packages of conda are named as conda does, in an environment.yml too", async () => {
  const record = (name: string, file: string): string =>
    JSON.stringify({
      name,
      version: "2.1",
      build: "h0_1",
      channel: "https://conda.example.org/conda-forge/linux-64",
      files: [`lib/python3.11/site-packages/${file}`],
    });
  const prefix = environmentWith(installed("frompip"), {
    "conda-meta/pytorch-2.1-h0_1.json": record("pytorch", "torch/__init__.py"),
    "conda-meta/broken.json": "{",
  });
  const frozen = await freeze({ "run.py": "import torch, frompip\n" }, prefix);
  expect(frozen.direct.map(({ pin, ecosystem }) => [pin, ecosystem])).toEqual([
    ["frompip==1.0", "pypi"],
    ["pytorch=2.1=h0_1", "conda"],
  ]);
  expect(frozenText(frozen, "environment", "paper")).toBe(
    `name: paper
channels:
  - conda-forge
dependencies:
  - python=${frozen.environment.interpreter.version}
  - pytorch=2.1=h0_1
  - pip
  - pip:
      - frompip==1.0
`,
  );
});

test("what is needed and not installed is said", async () => {
  const frozen = await freeze({ "run.py": "import numpy\n" }, environmentWith(installed("beta")));
  expect(frozen.direct).toEqual([]);
  expect(frozen.findings).toMatchObject([
    { rule: "needed-not-installed", message: "numpy is needed and not installed here" },
  ]);
});

test("the environment of a kernel, and what is no environment", async () => {
  const prefix = environmentWith(installed("beta"));
  const argv = [`${prefix}/bin/python`, "-m", "ipykernel_launcher"];
  const kernels = folderWith({ "kernels/lab/kernel.json": JSON.stringify({ argv }) });
  const before = process.env["JUPYTER_PATH"];
  process.env["JUPYTER_PATH"] = kernels;
  try {
    const cells = [{ cell_type: "code", metadata: {}, outputs: [], source: "import beta" }];
    const notebook = {
      cells,
      metadata: { kernelspec: { name: "lab", language: "python" } },
      nbformat: 4,
      nbformat_minor: 5,
    };
    const root = folderWith({ "a.ipynb": JSON.stringify(notebook) });
    const choice = { place: null, all: false };
    for (const kernel of ["lab", null]) {
      const { frozen } = await freezeProject(root, { ...choice, kernel });
      expect(frozen.environment.prefix).toBe(prefix);
      expect(frozen.direct.map(({ pin }) => pin)).toEqual(["beta==1.0"]);
    }
    await expect(freezeProject(root, { ...choice, kernel: "other" })).rejects.toThrow(
      "No Jupyter kernel called other",
    );
    await expect(freezeProject(root, { ...choice, kernel: null, place: kernels })).rejects.toThrow(
      "There is no Python environment",
    );
  } finally {
    if (before === undefined) delete process.env["JUPYTER_PATH"];
    else process.env["JUPYTER_PATH"] = before;
  }
});

test("arbitrary text in direct_url.json never throws", () => {
  fc.assert(fc.property(fc.oneof(fc.string(), fc.json()), (said) => void readDirectUrl(said)));
  fc.assert(
    fc.property(
      fc.record({
        url: fc.oneof(fc.string(), fc.webUrl(), fc.constant("file:///a")),
        dir_info: fc.anything(),
        vcs_info: fc.anything(),
      }),
      (said) => void readDirectUrl(JSON.stringify(said)),
    ),
  );
});
