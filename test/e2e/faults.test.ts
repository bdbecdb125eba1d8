import { execFileSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import type { Ladder } from "../../src/model/index.ts";
import { commitAll, ladder, projectWith, pythonMinor, rulesAt, rungAt } from "../support/cli.ts";

const timeout = 180_000;

/** A sound project that needs no package: level 2 is met when nothing is planted. */
const sound = {
  "main.py":
    'import json\n\ndef main():\n    with open("data.json") as file:\n        print(sum(json.load(file)))\n\nif __name__ == "__main__":\n    main()\n',
  "data.json": "[1, 2, 3]\n",
  "requirements.txt": "# nothing is needed\n",
  "README.md": "# Sum\n\n```sh\npip install -r requirements.txt\npython main.py\n```\n",
  "rung.toml": `python = "${pythonMinor}"\n\n[commands.main]\nrun = "python main.py"\n`,
  ".gitignore": ".venv/\n",
};

function notebook(...cells: readonly string[]): string {
  return JSON.stringify({
    cells: cells.map((source, index) => ({
      cell_type: "code",
      execution_count: index + 1,
      id: `cell-${index}`,
      metadata: {},
      outputs: [],
      source,
    })),
    metadata: { kernelspec: { display_name: "Python 3", language: "python", name: "python3" } },
    nbformat: 4,
    nbformat_minor: 5,
  });
}

/** The owner's own environment, with one module in it that nothing declares. */
function ownEnvironmentWith(root: string, module: string): void {
  execFileSync("python3", ["-m", "venv", "--without-pip", path.join(root, ".venv")]);
  const packages = path.join(root, ".venv/lib", `python${pythonMinor}`, "site-packages");
  fs.writeFileSync(path.join(packages, `${module}.py`), "VALUE = 1\n");
  fs.mkdirSync(path.join(packages, `${module}-1.0.dist-info`));
  fs.writeFileSync(
    path.join(packages, `${module}-1.0.dist-info/METADATA`),
    `Metadata-Version: 2.1\nName: ${module}\nVersion: 1.0\n`,
  );
}

/** No rung from the broken one upward may be met, and the ladder stops right below it. */
function expectStopsAt(result: Ladder, broken: number, rule: string): void {
  expect(result.level).toBe(broken - 1);
  expect(rungAt(result, broken).verdict).toBe("unmet");
  expect(rulesAt(result, broken)).toContain(rule);
  for (const rung of result.rungs.filter((candidate) => candidate.level >= broken))
    expect(rung.verdict).not.toBe("met");
}

describe("a planted fault stops its level", () => {
  test("none planted: level 2 is met, and level 3 lacks only its lock", { timeout }, () => {
    using project = projectWith(sound);
    commitAll(project.root);
    const result = ladder(["prove", "3", project.root]);
    expect(result.level).toBe(2);
    expect(rulesAt(result, 3)).toEqual(["no-lock"]);
  });

  test("missing import", { timeout }, () => {
    using project = projectWith({ ...sound, "main.py": "import six\nprint(six.VALUE)\n" });
    ownEnvironmentWith(project.root, "six");
    commitAll(project.root);
    const result = ladder(["prove", "3", project.root]);
    expectStopsAt(result, 1, "undeclared-import");
    expect(rungAt(result, 1).findings.find((finding) => finding.rule === "undeclared-import")).toMatchObject({
      file: "main.py",
      line: 1,
    });
  });

  test("unpinned dependency", { timeout }, () => {
    using project = projectWith({
      ...sound,
      "main.py": "import six\nprint(six.VALUE)\n",
      "requirements.txt": "# needed\nsix\n",
    });
    ownEnvironmentWith(project.root, "six");
    commitAll(project.root);
    const result = ladder(["prove", "3", project.root]);
    expectStopsAt(result, 1, "unpinned-dependency");
    expect(rungAt(result, 1).findings[0]).toMatchObject({ file: "requirements.txt", line: 2 });
  });

  test("pin that does not exist", { timeout }, () => {
    using project = projectWith({
      ...sound,
      "main.py": "import six\nprint(six.VALUE)\n",
      "requirements.txt": "six==99.0\n",
    });
    ownEnvironmentWith(project.root, "six");
    commitAll(project.root);
    expectStopsAt(ladder(["prove", "3", project.root]), 1, "pin-does-not-exist");
  });

  test("notebook run out of order", { timeout }, () => {
    using project = projectWith({
      "explore.ipynb": notebook("print(total)", "total = 3"),
      "rung.toml": '[commands.explore]\nnotebook = "explore.ipynb"\n',
    });
    commitAll(project.root);
    const result = ladder(["prove", "3", project.root]);
    expectStopsAt(result, 0, "undefined-name");
    expect(rulesAt(result, 0)).toContain("notebook-name-before-definition");
  });

  test("notebook that needs a name defined in a deleted cell", { timeout }, () => {
    using project = projectWith({
      "explore.ipynb": notebook("factor = 2", "print(total * factor)"),
      "rung.toml": '[commands.explore]\nnotebook = "explore.ipynb"\n',
    });
    commitAll(project.root);
    const result = ladder(["prove", "3", project.root]);
    expectStopsAt(result, 0, "undefined-name");
    expect(rulesAt(result, 0)).toContain("notebook-undefined-name");
  });

  test("script that reads a file outside the tree", { timeout }, () => {
    using project = projectWith(sound);
    const outside = path.join(path.dirname(project.root), "outside.json");
    fs.writeFileSync(outside, "[4]\n");
    fs.writeFileSync(
      path.join(project.root, "main.py"),
      `import json\nprint(json.load(open(${JSON.stringify(outside)})))\n`,
    );
    commitAll(project.root);
    const result = ladder(["prove", "3", project.root]);
    expectStopsAt(result, 1, "missing-file");
    expect(rungAt(result, 1).findings.find((finding) => finding.rule === "missing-file")).toMatchObject({
      file: "main.py",
      line: 2,
    });
  });

  test("script that relies on an inherited variable", { timeout }, () => {
    using project = projectWith({
      ...sound,
      "main.py": 'import os\n\nprint(os.environ["PLANTED_FACTOR"])\n',
    });
    commitAll(project.root);
    const result = ladder(["prove", "3", project.root], { env: { PLANTED_FACTOR: "2" } });
    expectStopsAt(result, 1, "missing-variable");
  });

  test("output that differs each run", { timeout }, () => {
    using project = projectWith({
      ...sound,
      "main.py": 'import random\nopen("result.txt", "w").write(str(random.random()))\n',
    });
    commitAll(project.root);
    const result = ladder(["prove", "3", project.root]);
    expectStopsAt(result, 0, "output-differs");
    const differs = rungAt(result, 0).findings.find((finding) => finding.rule === "output-differs");
    expect(differs?.message).toContain("result.txt");
    expect(rulesAt(result, 0)).toContain("unseeded-random");
  });

  test("exit code 0 with a missing output", { timeout }, () => {
    using project = projectWith({
      ...sound,
      "rung.toml": `python = "${pythonMinor}"\n[commands.main]\nrun = "python main.py"\noutputs = ["result.csv"]\n`,
    });
    commitAll(project.root);
    expectStopsAt(ladder(["prove", "3", project.root]), 0, "output-missing");
  });

  test("file never added to Git", { timeout }, () => {
    using project = projectWith(sound);
    fs.rmSync(path.join(project.root, "data.json"));
    commitAll(project.root);
    fs.writeFileSync(path.join(project.root, "data.json"), "[1, 2, 3]\n");
    const result = ladder(["prove", "3", project.root]);
    expectStopsAt(result, 1, "not-in-git");
  });
});
