import { expect, test } from "vitest";
import { projectWith, rung } from "../support/cli.ts";

const files = {
  "run.py":
    "import pandas as pd\nimport cv2\nfrom datasets.loader import load\n\nprint(load(pd.read_excel('a.xlsx')))\n",
  "dataset/loader.py": "def load(x):\n    return x\n",
  "requirements.txt": "pandas==2.2.0\n",
};

test("rung infer says what the code needs, why, and what is in doubt", () => {
  using project = projectWith(files);
  expect(rung(["infer", project.root])).toMatchSnapshot();
});

test("rung infer --undeclared leaves out what is declared; --json is never decorated", () => {
  using project = projectWith(files);
  const { code, stdout } = rung(["infer", project.root, "--undeclared", "--json"]);
  expect(code).toBe(0);
  const { needs, findings } = JSON.parse(stdout) as {
    needs: { module: string }[];
    findings: { rule: string }[];
  };
  expect(needs.map(({ module }) => module)).toEqual(["", "cv2", "datasets"]);
  expect(findings.map(({ rule }) => rule)).toEqual(["ambiguous-module", "near-miss-module"]);
});

test("rung freeze refuses what is no environment and no format", () => {
  using project = projectWith(files);
  expect(rung(["freeze", project.root, "--environment", project.root])).toMatchObject({
    code: 5,
    stderr: expect.stringContaining("There is no Python environment at"),
  });
  expect(rung(["freeze", project.root, "--format", "toml"])).toMatchObject({
    code: 2,
    stderr: expect.stringContaining("Give one of requirements, environment."),
  });
});

test("rung freeze without an environment says what is missing, and prints no file", () => {
  using project = projectWith({ "run.py": "\nimport zzz_nowhere\nprint(zzz_nowhere)\n" });
  const env = { VIRTUAL_ENV: "", CONDA_PREFIX: "" };
  const said = rung(["freeze", project.root], { env });
  expect(said).toMatchObject({
    code: 5,
    stdout: "",
    stderr: expect.stringContaining("run.py:2: There is no environment to freeze"),
  });
  expect(said.stderr).toContain("rung freeze --environment PATH");
});

test("a script that no Python reads is seen by check, infer and revive, with its line", () => {
  using project = projectWith({ "run.py": "import os\nprint('x'\nfor i in range(3)\n    print(i)\n" });
  for (const command of ["check", "infer"]) {
    const { stdout, stderr } = rung([command, project.root]);
    expect(stdout + stderr, command).toMatch(/run\.py:\d+: warning run\.py is no valid Python/u);
  }
  const revived = rung(["revive", project.root]);
  expect(revived.stdout + revived.stderr).toMatch(/run\.py:\d.*SyntaxError/u);
}, 60_000);

test("rung lock names the manifest that cannot be read, with its line", () => {
  using project = projectWith({ "run.py": "print(1)\n", "pyproject.toml": '[project]\nname = "x\n' });
  expect(rung(["lock", project.root])).toMatchObject({
    code: 5,
    stderr: expect.stringContaining("pyproject.toml:2: pyproject.toml is not valid TOML"),
  });
});

test("rung infer says so where nothing is needed; rung revive names the file that hides the commands", () => {
  using project = projectWith({ "pyproject.toml": "{{{" });
  expect(rung(["infer", project.root])).toMatchObject({
    code: 0,
    stdout: "",
    stderr: expect.stringContaining("nothing was found that is needed"),
  });
  expect(rung(["revive", project.root])).toMatchObject({
    code: 5,
    stderr: expect.stringContaining("pyproject.toml is not valid TOML"),
  });
});
