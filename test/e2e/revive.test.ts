import fs from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import type { Revival } from "../../src/revive/index.ts";
import { commitAll, projectWith, rung, type Said } from "../support/cli.ts";
import { listing } from "../support/untouched.ts";

const timeout = 120_000;

/** A day on which all of a common Python's wheels were there. */
const then = ["--as-of", "2021-06-01"];

function revive(
  root: string,
  ...more: readonly string[]
): { readonly said: Said; readonly revival: Revival } {
  const said = rung(["revive", root, "--dry-run", "--json", ...more]);
  try {
    return { said, revival: JSON.parse(said.stdout) as Revival };
  } catch {
    throw new Error(`no JSON (exit ${said.code}):\n${said.stdout}\n${said.stderr}`);
  }
}

const kindsOf = ({ steps }: Revival): readonly string[] => steps.map(({ kind }) => kind);

describe("brought back", () => {
  test(
    "nothing declared, an API that is gone, a folder that Git did not keep: written, and proved",
    { timeout },
    () => {
      using project = projectWith({
        "analysis.py":
          'import pandas as pd\n\ntable = pd.DataFrame({"a": [1, 2]})\ntable = table.append({"a": 3}, ignore_index=True)\ntable.to_csv("out/table.csv")\nprint(table["a"].sum())\n',
      });
      commitAll(project.root);
      const said = rung(["revive", project.root, "--yes", ...then]);
      expect(said.stderr).not.toContain("Error:");
      expect(said).toMatchObject({ code: 0 });
      expect(said.stdout).toContain(
        "install pandas: pandas is imported, and nothing declares it (analysis.py:1)",
      );
      expect(said.stdout).toContain("make the folder out/");
      expect(said.stdout).toContain("1 of 1 run, as of 2021-06-01");
      const read = (name: string): string => fs.readFileSync(path.join(project.root, name), "utf8");
      expect(read("requirements.txt")).toMatch(/^pandas==1\.2\.\d\n$/u);
      expect(read("pylock.toml")).toContain('name = "numpy"');
      expect(read("rung.toml")).toContain('run = "python analysis.py"');
      expect(fs.existsSync(path.join(project.root, "out/.gitkeep"))).toBe(true);
      expect(read("analysis.py")).toContain("table.append");
    },
  );

  test("from the folder of its script, with what a call needs and no import shows", { timeout }, () => {
    using project = projectWith({
      "src/report.py":
        'import pandas as pd\n\npd.read_csv("prices.csv").to_excel("prices.xlsx")\nprint("written")\n',
      "src/prices.csv": "a,b\n1,2\n",
    });
    const { said, revival } = revive(project.root, "--entry", "python src/report.py", ...then);
    expect(said.code).toBe(0);
    expect(revival.entries).toMatchObject([{ ran: true, cwd: "src", run: "python report.py" }]);
    expect(kindsOf(revival)).toContain("wrong-folder");
    expect(revival.environments[0]?.direct).toEqual(expect.arrayContaining(["pandas", "openpyxl"]));
  });
});

describe("not to be mended, and said so with its place; nothing is written", () => {
  test("each cause is named at its line", { timeout }, () => {
    using project = projectWith({
      "fetch.py": 'from urllib.request import urlopen\n\nurlopen("https://example.org/data.csv")\n',
      "mine.py": 'import os\n\nos.chdir("/Users/ann/papers/project")\n',
      "old.py": 'x = 1\nprint "x is", x\n',
      "wrong.py": "from datasets.loader import load\n",
      "dataset/loader.py": "def load():\n    return 1\n",
      "sound.py": "print(1)\n",
    });
    const before = listing(project.root);
    const names = ["fetch", "mine", "old", "wrong", "sound"];
    const { said, revival } = revive(
      project.root,
      "--entry",
      ...names.map((name) => `python ${name}.py`),
      ...then,
    );
    expect(said.code).toBe(1);
    expect(revival.entries.map(({ ran, cause }) => [ran, cause?.rule, cause?.file, cause?.line])).toEqual([
      [false, "network-needed", "fetch.py", 3],
      [false, "owners-path", "mine.py", 3],
      [false, "python-2", "old.py", 2],
      [false, "local-module-missing", "wrong.py", 1],
      [true, undefined, undefined, undefined],
    ]);
    expect(revival.entries[1]?.cause?.fix).toContain('+os.chdir(".")');
    expect(Object.keys(revival.environments[0]?.pins ?? {})).not.toContain("datasets");
    expect(listing(project.root)).toEqual(before);
  });

  test("what is no project is refused with a word on what is", () => {
    const said = rung(["revive", "/no/such/paper.zip"]);
    expect(said.code).toBe(5);
    expect(said.stderr).toContain("no folder, no archive and no Git URL");
    expect(rung(["revive", "--as-of", "summer"]).code).toBe(2);
  });
});

test("a clone by file:// is revived where it was put", { timeout }, () => {
  using project = projectWith({ "main.py": "print(1)\n" });
  commitAll(project.root);
  using place = projectWith({ "x.txt": "" });
  const said = rung(["revive", `file://${project.root}`, "--into", "copy", "--dry-run"], { cwd: place.root });
  expect(said).toMatchObject({ code: 0 });
  expect(said.stdout).toContain("1 of 1 run");
  expect(fs.existsSync(path.join(place.root, "copy/main.py"))).toBe(true);
});

test("an archive is unpacked and revived", { timeout }, () => {
  using project = projectWith({ "main.py": "print(1)\n" });
  const archive = path.join(path.dirname(project.root), "paper.tar.gz");
  expect(rung(["archive", project.root, "-o", archive]).code).toBe(0);
  using place = projectWith({ "x.txt": "" });
  const said = rung(["revive", archive, "--dry-run"], { cwd: place.root });
  expect(said).toMatchObject({ code: 0 });
  expect(fs.existsSync(path.join(place.root, "paper"))).toBe(true);
});
