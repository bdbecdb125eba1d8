import { describe, expect, test } from "vitest";
import type { Finding, Ladder } from "../../src/model/index.ts";
import { commitAll, ladder, projectWith, pythonMinor, rungAt } from "../support/cli.ts";

const timeout = 60_000;

const files = {
  "x.py": "print(1)\n",
  "requirements.txt": "# nothing is needed\n",
  "README.md": "# P\n\n```\npip install -r requirements.txt\npython x.py\n```\n",
  "rung.toml": `python = "${pythonMinor}"\n[commands.go]\nrun = "python x.py"\n`,
};

/** What check says of a project with these files, all of them committed. */
function check(changed: Readonly<Record<string, string>>): Ladder {
  using project = projectWith({ ...files, ...changed });
  commitAll(project.root);
  return ladder(["check", project.root]);
}

function found(result: Ladder, level: number, rule: string): Finding | undefined {
  return rungAt(result, level).findings.find((finding) => finding.rule === rule);
}

test("nothing planted: nothing is found at levels 0 to 2", { timeout }, () => {
  const result = check({});
  expect(result.rungs.slice(0, 3).flatMap((rung) => rung.findings)).toEqual([]);
});

describe("imports that nothing declares", () => {
  test("of a script that the command runs by its path", { timeout }, () => {
    const result = check({
      "x.py": "import subprocess, sys\nsubprocess.run([sys.executable, 'src/step.py'], check=True)\n",
      "src/step.py": "import six\n",
    });
    expect(rungAt(result, 1).verdict).toBe("unmet");
    expect(found(result, 1, "undeclared-import")).toMatchObject({
      file: "src/step.py",
      line: 1,
      severity: "error",
    });
  });

  test("that a file beside the spec declares: named with its line", { timeout }, () => {
    const result = check({
      "x.py": "import six\n",
      "environment.yml": "dependencies:\n  - python\n  - six\n",
    });
    expect(found(result, 1, "undeclared-import")?.message).toBe(
      "six is imported and declared in environment.yml:3, not in requirements.txt",
    );
  });

  test("that share their name with some folder of the project", { timeout }, () => {
    const result = check({ "x.py": "import six\n", "docs/six/conf.py": "x = 1\n" });
    expect(found(result, 1, "undeclared-import")).toMatchObject({ file: "x.py", line: 1 });
  });
});

describe("instructions", () => {
  test("that only warn of a command, and run another, do not name it", { timeout }, () => {
    const result = check({
      "README.md":
        "# P\n\nNever use python x.py here.\n\n```\npip install -r requirements.txt\npython y.py\n```\n",
    });
    expect(rungAt(result, 1).verdict).toBe("unmet");
    expect(found(result, 1, "instructions-incomplete")?.message).toContain("python x.py");
    expect(found(result, 1, "instruction-not-a-command")).toMatchObject({ file: "README.md", line: 7 });
  });

  test("that run it with other arguments, run what is no command, and install from a file that is not there", () => {
    const result = check({
      "README.md": "# P\n```\npip install -r nosuch.txt\npython x.py --full\npython step2.py\n```\n",
    });
    expect(rungAt(result, 1).verdict).toBe("unmet");
    expect(rungAt(result, 1).findings.map(({ rule, line }) => [rule, line])).toEqual([
      ["instructions-incomplete", null],
      ["instructions-incomplete", null],
      ["instruction-not-a-command", 4],
      ["instruction-not-a-command", 5],
      ["instruction-names-missing-file", 3],
    ]);
  });

  test("that enter the folder into which the project was cloned", { timeout }, () => {
    const result = check({
      "README.md": "# P\n```\ncd my-project\npip install -r requirements.txt\npython x.py\n```\n",
    });
    expect(rungAt(result, 1).findings).toEqual([]);
  });

  test("that install more than the spec are a warning; what runs notebooks is none", { timeout }, () => {
    const result = check({
      "README.md":
        "# P\n```\npip install -r requirements.txt\npython -m pip install nbconvert ipykernel\npip install 'foo>1'\npython x.py\n```\n",
    });
    expect(rungAt(result, 1).evidence.find(({ id }) => id === "instructions")?.status).toBe("claimed");
    expect(rungAt(result, 1).findings).toMatchObject([
      { rule: "instruction-installs-more", severity: "warning", line: 5 },
    ]);
  });
});

describe("files that others do not get", () => {
  const ignored = (code: string) => ({ "x.py": code, ".gitignore": "out.txt\n", "out.txt": "5" });

  test.each([
    'open("out.txt", "w").write("5")\n',
    'from pathlib import Path\nPath("out.txt").write_text("5")\n',
    'import joblib\njoblib.dump(5, "out.txt")\n',
    'frame.to_csv("out.txt")\n',
    'from pathlib import Path\nout = Path("out.txt")\nout.write_text("5")\n',
    'import os\nif not os.path.exists("out.txt"):\n    open("out.txt", "w").write("5")\nprint(open("out.txt").read())\n',
  ])("are not blamed where the code only makes them: %j", { timeout }, (code) => {
    const result = check(ignored(code));
    expect(rungAt(result, 1).evidence.find(({ id }) => id === "archive")?.status).toBe("claimed");
  });

  test.each([
    'print(open("out.txt").read())\n',
    'from pathlib import Path\nprint(Path("out.txt").read_text())\n',
    'import somelib\nsomelib.fetch("out.txt")\n',
  ])("are where it reads them: %j", { timeout }, (code) => {
    const finding = found(check(ignored(code)), 1, "not-in-git");
    expect(finding).toMatchObject({ file: "x.py", fix: expect.stringContaining("git add out.txt") });
  });

  test("what another command writes is asked for where it is read", { timeout }, () => {
    const two = {
      "a.py": 'open("out.txt", "w").write("5")\n',
      "b.py": 'import sys\nprint(open("out.txt").read())\n',
      ".gitignore": "out.txt\n",
      "out.txt": "5",
      "README.md": "# P\n```\npip install -r requirements.txt\npython a.py\npython b.py\n```\n",
    };
    const config = '[commands.a]\nrun = "python a.py"\n[commands.b]\nrun = "python b.py"\n';
    const result = check({ ...two, "rung.toml": config });
    expect(found(result, 1, "need-undeclared")).toMatchObject({
      file: "b.py",
      line: 2,
      fix: expect.stringContaining('needs = ["a"]'),
    });
    expect(found(result, 1, "not-in-git")).toBeUndefined();
    expect(rungAt(result, 1).verdict).toBe("unmet");
    const declared = check({ ...two, "rung.toml": `${config}needs = ["a"]\n` });
    expect(rungAt(declared, 1).findings).toEqual([]);
  });

  test("a file with secrets is not to be added to Git", { timeout }, () => {
    const result = check({ "x.py": 'print(open(".env").read())\n', ".env": "A=1\n" });
    expect(found(result, 1, "secret-is-read")).toMatchObject({
      file: "x.py",
      line: 1,
      severity: "error",
      fix: expect.stringContaining("[variables."),
    });
    expect(rungAt(result, 1).findings.some(({ fix }) => fix?.includes("git add"))).toBe(false);
  });
});

test("known causes of variation are warned of at level 0, and change no verdict", { timeout }, () => {
  const result = check({
    "x.py":
      "import datetime, os, random\nprint(datetime.date.today(), random.choice([1, 1, 2]))\nprint(os.listdir('.'))\n",
  });
  expect(
    rungAt(result, 0).findings.map(({ rule, file, line, severity }) => [rule, file, line, severity]),
  ).toEqual([
    ["unseeded-random", "x.py", 2, "warning"],
    ["clock-reading", "x.py", 2, "warning"],
    ["unordered-listing", "x.py", 3, "warning"],
  ]);
  expect(rungAt(result, 0).verdict).toBe("unknown");
});

describe("declarations that contradict each other", () => {
  test("one distribution with two versions, and a Python that another file excludes", { timeout }, () => {
    const result = check({
      "x.py": "import six\n",
      "requirements.txt": "six==1.16.0\n",
      "pyproject.toml":
        '[project]\nname = "p"\nversion = "1"\nrequires-python = ">=3.99"\ndependencies = ["six==1.15.0"]\n',
    });
    for (const [level, severity] of [
      [1, "warning"],
      [2, "error"],
    ] as const) {
      const twice = found(result, level, "declared-twice");
      expect(twice).toMatchObject({ severity });
      expect(`${twice?.file}:${twice?.line} ${twice?.message}`).toMatch(
        /requirements\.txt:1.*pyproject\.toml|pyproject\.toml:5.*requirements\.txt:1/u,
      );
      expect(found(result, level, "python-contradiction")).toMatchObject({
        severity,
        file: "pyproject.toml",
        line: 4,
      });
    }
    expect(rungAt(result, 2).verdict).toBe("unmet");
    expect(rungAt(result, 1).verdict).toBe("unknown");
  });

  test(
    "a runtime file that lags behind rung.toml is a warning: the owner's word settles it",
    { timeout },
    () => {
      const result = check({ "x.py": "print(1)\n", "runtime.txt": "python-3.7\n" });
      expect(found(result, 2, "python-contradiction")).toMatchObject({
        severity: "warning",
        file: "runtime.txt",
      });
      expect(rungAt(result, 2).verdict).not.toBe("unmet");
    },
  );

  test("ranges that agree do not", { timeout }, () => {
    const result = check({
      "x.py": "import six\n",
      "requirements.txt": "six==1.16.0\n",
      "pyproject.toml":
        '[project]\nname = "p"\nversion = "1"\nrequires-python = ">=3.8"\ndependencies = ["six>=1.15"]\n',
      ".python-version": `${pythonMinor}\n`,
    });
    expect(result.rungs.slice(0, 3).flatMap((rung) => rung.findings)).toEqual([]);
  });
});

describe("what is fetched while a command runs", () => {
  const config = (run: string, more = "") =>
    `python = "${pythonMinor}"\n[commands.go]\nrun = "${run}"\nnetwork = true\n${more}`;

  test("has to be declared with its digest", { timeout }, () => {
    const result = check({ "rung.toml": config("python x.py") });
    expect(rungAt(result, 2).verdict).toBe("unmet");
    expect(found(result, 2, "download-undeclared")).toMatchObject({
      file: "rung.toml",
      line: 2,
      severity: "error",
    });
    const url = "https://example.org/six.html";
    const declared = `[data."six.html"]\nurl = "${url}"\nsha256 = "${"0".repeat(64)}"\n`;
    expect(
      found(check({ "rung.toml": config("python x.py", declared) }), 2, "download-undeclared"),
    ).toBeUndefined();
  });

  test.each([
    [
      "a command's line",
      { "rung.toml": config("python -m venv v && v/bin/pip install -q six && v/bin/python x.py") },
      "rung.toml",
      2,
    ],
    [
      "a shell script",
      { "rung.toml": config("bash go.sh"), "go.sh": "set -e\npip install six\npython x.py\n" },
      "go.sh",
      2,
    ],
    [
      "code",
      { "x.py": 'import subprocess, sys\nsubprocess.run([sys.executable, "-m", "pip", "install", "six"])\n' },
      "x.py",
      2,
    ],
  ])("may not be packages, by %s", { timeout }, (_, changed, file, line) => {
    const result = check(changed);
    for (const level of [2, 3]) {
      expect(found(result, level, "installs-at-run-time")).toMatchObject({ file, line, severity: "error" });
      expect(rungAt(result, level).verdict).toBe("unmet");
    }
  });

  test(
    "may not be packages, by a notebook; and what its kernel brings need not be declared",
    { timeout },
    () => {
      const cell = (source: string) => ({
        cell_type: "code",
        metadata: {},
        outputs: [],
        execution_count: null,
        source,
      });
      const notebook = (...cells: string[]) =>
        JSON.stringify({ cells: cells.map(cell), metadata: {}, nbformat: 4, nbformat_minor: 5 });
      const files = (source: string) => ({
        "n.ipynb": notebook("from IPython.display import display\nimport ipykernel", source),
        "rung.toml": '[commands.nb]\nnotebook = "n.ipynb"\n',
      });
      const result = check(files("!pip install six"));
      expect(found(result, 2, "installs-at-run-time")).toMatchObject({ file: "n.ipynb" });
      expect(found(result, 1, "undeclared-import")).toBeUndefined();
      expect(found(check(files("x = 1")), 2, "installs-at-run-time")).toBeUndefined();
      expect(found(check({ "x.py": "import IPython\n" }), 1, "undeclared-import")).toBeDefined();
    },
  );
});
