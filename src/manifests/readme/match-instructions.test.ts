import { describe, expect, test } from "vitest";
import { makeCommand } from "../shell/make-command.ts";
import { matchInstructions } from "./match-instructions.ts";
import { readInstallLine } from "./install-words.ts";
import { readInstructions } from "./read-instructions.ts";
import { writeInstructions } from "./write-instructions.ts";
import type { Command } from "../../model/index.ts";

const command = (run: string, more: Partial<Command> = {}): Command =>
  makeCommand({ name: "go", kind: "run", run, location: null, ...more });

function match(text: string, commands: readonly Command[], defaultTarget: string | null = null) {
  const { named, strange } = matchInstructions(readInstructions("README.md", text), commands, defaultTarget);
  return [named.length, strange.map(({ run }) => run)];
}

const block = (...lines: string[]): string => `\`\`\`sh\n${lines.join("\n")}\n\`\`\`\n`;

describe("a command is named", () => {
  test.each([
    ["by its line in a block", block("$ python3  x.py"), command("python x.py"), 1, []],
    ["by inline code", "Run `python x.py`.", command("python x.py"), 1, []],
    ["by inline code of what we do not know to run", "Run `mytool --fast`.", command("mytool --fast"), 1, []],
    [
      "by a line with an installation in it",
      block("pip install q && python x.py"),
      command("pip install q && python x.py"),
      1,
      [],
    ],
    ["by a line behind a wrapper", block("uv run python x.py"), command("python x.py"), 1, []],
    [
      "not by a part of its line",
      block("python x.py"),
      command("python x.py && echo 1 > a.txt"),
      0,
      ["python x.py"],
    ],
    [
      "by its whole line",
      block("python x.py && echo 1 > a.txt"),
      command("python x.py && echo 1 > a.txt"),
      1,
      [],
    ],
    ["by its own wrapper", block("uv run python x.py"), command("uv run python x.py"), 1, []],
    [
      "with its variables",
      block("SEED=1 python x.py"),
      command("python x.py", { env: { SEED: "1" } }),
      1,
      [],
    ],
    ["with the variables of its line", block("SEED=1 python x.py"), command("SEED=1 python x.py"), 1, []],
    ["not with other variables", block("SEED=2 python x.py"), command("python x.py"), 0, ["python x.py"]],
    ["not in prose", "Never run python x.py by hand.", command("python x.py"), 0, []],
    [
      "not with other arguments",
      block("python x.py --full"),
      command("python x.py"),
      0,
      ["python x.py --full"],
    ],
    ["not from another folder", block("cd sub", "python x.py"), command("python x.py"), 0, ["python x.py"]],
    ["in its folder", block("cd sub", "python x.py"), command("python x.py", { cwd: "sub" }), 1, []],
    [
      "as a notebook",
      block("jupyter nbconvert --to notebook --execute n.ipynb"),
      command("n.ipynb", { kind: "notebook" }),
      1,
      [],
    ],
    [
      "not as a notebook that prose mentions",
      "See n.ipynb.",
      command("n.ipynb", { kind: "notebook" }),
      0,
      [],
    ],
    ["as a test", block("pytest -q"), command("pytest -q"), 1, []],
  ] as const)("%s", (_, text, wanted, named, strange) => {
    expect(match(text, [wanted])).toEqual([named, strange]);
  });

  test("by a line that joins several, and by a bare make", () => {
    const both = [command("python a.py"), command("python b.py")];
    expect(match(block("python a.py && python b.py"), both)).toEqual([2, []]);
    expect(match(block("make"), [command("make all")], "all")).toEqual([1, []]);
    expect(match(block("make"), [command("make all")], "clean")).toEqual([0, ["make"]]);
  });

  test("by the section that is written for it", () => {
    const commands = [
      command("python x.py", { env: { A: "b c" }, cwd: "sub" }),
      command("n b.ipynb", { kind: "notebook" }),
      command("A=1 python x.py && bash y.sh"),
      command("mytool run"),
      command("Rscript a.R > out.txt"),
    ];
    const section = writeInstructions({ name: "p", python: null, install: [], commands });
    expect(match(section, commands)).toEqual([commands.length, []]);
  });
});

test("prose that mentions a line tells nobody to run it", () => {
  expect(match("Unlike `python old.py`, this:\n\n```\npython x.py\n```\n", [command("python x.py")])).toEqual(
    [1, []],
  );
});

test.each([
  ["pip install -r requirements.txt", ["requirements.txt"], [], false],
  ["python -m pip install -rreq.txt -c con.txt", ["req.txt", "con.txt"], [], false],
  ["pip install --index-url https://x.org foo 'bar>=1'", [], ["foo", "bar>=1"], false],
  ["pip install -e .[dev]", [], [], true],
  ["conda env create", ["environment.yml"], [], false],
  ["conda env create -f env/e.yml -n name", ["env/e.yml"], [], false],
  ["conda install -c conda-forge numpy", [], ["numpy"], false],
  ["uv pip sync pylock.toml", ["pylock.toml"], [], false],
  ["poetry install", [], [], true],
  ["python -m venv .venv", [], [], false],
  ["pip freeze > requirements.txt", [], [], false],
  ["pip install https://example.org/a.whl", [], [], false],
])("%j installs", (line, files, packages, project) => {
  expect(readInstallLine(line)).toEqual({ files, packages, project });
});
