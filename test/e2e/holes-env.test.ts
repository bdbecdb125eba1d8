import fs from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { commitAll, ladder, projectWith, pythonMinor, rulesAt, rung, rungAt } from "../support/cli.ts";

const timeout = 180_000;

/** A project whose one command is `python main.py`, with the requirements given. */
function projectOf(
  files: Readonly<Record<string, string>>,
  run = "python main.py",
): ReturnType<typeof projectWith> {
  return projectWith({
    "requirements.txt": "# nothing is needed\n",
    "README.md": `# It\n\n\`\`\`sh\npip install -r requirements.txt\n${run}\n\`\`\`\n`,
    "rung.toml": `python = "${pythonMinor}"\n\n[commands.main]\nrun = "${run}"\n`,
    ...files,
  });
}

describe("the environment is what it was made of", () => {
  test("a file that the first run leaves beside the packages proves nothing", { timeout }, () => {
    const main = `import pathlib, sysconfig
kept = pathlib.Path(sysconfig.get_path("purelib")) / "weights.txt"
if not kept.exists():
    kept.write_text((pathlib.Path(__file__).parent.parent / "beside.txt").read_text())
print(kept.read_text())
`;
    using project = projectOf({ "main.py": main });
    fs.writeFileSync(path.join(path.dirname(project.root), "beside.txt"), "7");
    commitAll(project.root);
    const result = ladder(["prove", "2", project.root]);
    expect(result.level).toBe(-1);
    expect(rungAt(result, 1).verdict).not.toBe("met");
    expect(rulesAt(result, 0)).not.toEqual([]);
  });

  test("a lock from which an indirect dependency was taken is incomplete", { timeout }, () => {
    using project = projectOf({
      "main.py": "import dateutil\nprint(dateutil.__version__)\n",
      "requirements.txt": "python-dateutil==2.9.0.post0\n",
    });
    expect(rung(["lock", project.root]).code).toBe(0);
    const lock = path.join(project.root, "pylock.toml");
    const blocks = fs.readFileSync(lock, "utf8").split(/^(?=\[\[packages\]\])/mu);
    fs.writeFileSync(lock, blocks.filter((block) => !block.includes('name = "six"')).join(""));
    commitAll(project.root);
    const result = ladder(["prove", "3", project.root]);
    expect(result.level).toBe(2);
    const found = rungAt(result, 3).findings.find((finding) => finding.rule === "lock-incomplete");
    expect(found).toMatchObject({ severity: "error", file: "pylock.toml" });
    expect(found?.message).toContain("needs six>=1.5, and the lock has none");
    const line = fs.readFileSync(lock, "utf8").split("\n")[(found?.line ?? 0) - 1];
    expect(line).toMatch(/dateutil/u);
  });
});

describe("a room is no part of this machine", () => {
  test("the machine's name is not what the project printed here", { timeout }, () => {
    using project = projectOf({ "main.py": "import platform\nprint(platform.node())\n" });
    commitAll(project.root);
    const result = ladder(["prove", "1", project.root]);
    expect(result.level).toBe(0);
    expect(rungAt(result, 1).verdict).toBe("unmet");
  });

  const system = "/usr/lib/python3/dist-packages/yaml";
  test.skipIf(!fs.existsSync(system))(
    "a package of the system's Python is not the project's",
    { timeout },
    () => {
      const main = 'import importlib\nprint(importlib.import_module("ya" + "ml").__name__)\n';
      using project = projectOf({ "main.py": main }, "/usr/bin/python3 main.py");
      commitAll(project.root);
      const result = ladder(["prove", "1", project.root]);
      expect(result.level).toBe(0);
      expect(rungAt(result, 1).verdict).toBe("unmet");
      expect(rulesAt(result, 1)).toContain("missing-module");
    },
  );
});

describe("a notebook has what is declared", () => {
  test("a module of Rung's own kernel under a computed name is undeclared", { timeout }, () => {
    const cell = {
      cell_type: "code",
      execution_count: 1,
      id: "a",
      metadata: {},
      outputs: [],
      source: 'import importlib\nprint(importlib.import_module("ps" + "util").__name__)',
    };
    const metadata = { kernelspec: { display_name: "Python 3", language: "python", name: "python3" } };
    using project = projectOf({
      "n.ipynb": JSON.stringify({ cells: [cell], metadata, nbformat: 4, nbformat_minor: 5 }),
      "rung.toml": `python = "${pythonMinor}"\n\n[commands.nb]\nnotebook = "n.ipynb"\n`,
      "README.md":
        "```sh\npip install -r requirements.txt\njupyter nbconvert --to notebook --execute n.ipynb\n```\n",
    });
    commitAll(project.root);
    const result = ladder(["prove", "1", project.root]);
    expect(result.level).toBe(0);
    expect(rungAt(result, 1).verdict).toBe("unmet");
    expect(rulesAt(result, 1)).toContain("undeclared-import");
  });
});

describe("code that is installed from the project's own folder", () => {
  const pyproject = `[build-system]
requires = ["setuptools>=61"]
build-backend = "setuptools.build_meta"

[project]
name = "mypk"
version = "1"
`;
  const code = `from pathlib import Path

def total():
    return len((Path(__file__).parents[2] / "data.txt").read_text())
`;

  test("an editable install leads to the tree in the room", { timeout }, () => {
    using project = projectOf({
      "pyproject.toml": pyproject,
      "src/mypk/__init__.py": code,
      "data.txt": "abc",
      "main.py": "import mypk\nprint(mypk.total())\n",
      "requirements.txt": "-e .\n",
    });
    commitAll(project.root);
    const result = ladder(["prove", "1", project.root]);
    expect(rungAt(result, 1).findings).toEqual([]);
    expect(result.level).toBe(1);
  });

  test("a change of the code alone is installed", { timeout }, () => {
    using project = projectOf({
      "pyproject.toml": pyproject,
      "src/mypk/__init__.py": "VALUE = 1\n",
      "main.py": "import mypk\nassert mypk.VALUE == 1\nprint(1)\n",
      "requirements.txt": ".\n",
    });
    commitAll(project.root);
    expect(ladder(["prove", "0", project.root]).level).toBe(0);
    fs.writeFileSync(path.join(project.root, "src/mypk/__init__.py"), "VALUE = 2\n");
    expect(ladder(["prove", "0", project.root]).level).toBe(-1);
  });
});

describe("a fault of an installation", () => {
  test("stands at the line of the pin that does not exist", { timeout }, () => {
    using project = projectOf({
      "main.py": "print(1)\n",
      "requirements.txt": "# pinned\nidna==3.7\nsix==99.9\n",
    });
    commitAll(project.root);
    const result = ladder(["prove", "1", project.root]);
    const found = result.rungs
      .flatMap((one) => one.findings)
      .find((one) => one.rule === "pin-does-not-exist");
    expect(found).toMatchObject({ file: "requirements.txt", line: 3 });
  });

  test("stands at the line of the artifact with another hash", { timeout }, () => {
    using project = projectOf({ "main.py": "print(1)\n", "requirements.txt": "six==1.16.0\n" });
    expect(rung(["lock", project.root]).code).toBe(0);
    const lock = path.join(project.root, "pylock.toml");
    const text = fs.readFileSync(lock, "utf8");
    fs.writeFileSync(lock, text.replaceAll(/sha256 = "[0-9a-f]{8}/gu, 'sha256 = "00000000'));
    commitAll(project.root);
    const result = ladder(["prove", "3", project.root]);
    expect(result.level).toBe(2);
    const found = rungAt(result, 3).findings.find((one) => one.rule === "hash-mismatch");
    expect(found?.file).toBe("pylock.toml");
    expect(text.split("\n")[(found?.line ?? 0) - 1]).toContain("six-1.16.0");
  });
});
