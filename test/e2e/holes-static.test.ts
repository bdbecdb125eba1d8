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
