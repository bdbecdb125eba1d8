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
