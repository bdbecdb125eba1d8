import fs from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import type { Cause, Diagnosis } from "../../src/model/index.ts";
import { projectWith, rung } from "../support/cli.ts";

const timeout = 120_000;

function told(verb: "why" | "shake", root: string, ...more: readonly string[]): Diagnosis & { code: number } {
  const said = rung([verb, "main", root, "--json", "--quiet", ...more]);
  try {
    return { ...(JSON.parse(said.stdout) as Diagnosis), code: said.code };
  } catch {
    throw new Error(`no JSON (exit ${said.code}):\n${said.stdout}\n${said.stderr}`);
  }
}

const script = (code: string): Readonly<Record<string, string>> => ({
  "main.py": code,
  "rung.toml": '[commands.main]\nrun = "python main.py"\n',
});

function places(causes: readonly Cause[]): readonly string[] {
  return causes.map(({ kind, file, line, cell }) => `${kind} ${file}:${cell ?? ""}:${line}`).sort();
}

const words = 'words = {"ash", "elm", "fir", "oak", "yew", "box", "bay"}\n';

describe("rung why", { timeout }, () => {
  test("names the hash seed at the line where the order of a set comes out, and mends it", () => {
    using project = projectWith(
      script(`${words}with open("out.txt", "w") as out:\n    out.write(" ".join(words))\n`),
    );
    const before = fs.readFileSync(path.join(project.root, "main.py"), "utf8");
    const { verdict, causes, runs, code } = told("why", project.root);
    expect({ verdict, code }).toEqual({ verdict: "different", code: 1 });
    expect(places(causes)).toEqual(["hash-seed main.py::3"]);
    expect(runs).toBeLessThanOrEqual(14);
    const [cause] = causes;
    expect(cause).toMatchObject({ confirmed: true, outputs: ["out.txt"], mend: { confirmed: true } });
    expect(cause?.experiment).toContain("with only PYTHONHASHSEED fixed the runs are identical; 2 of 2");
    expect(cause?.mend?.patch).toContain('+    out.write(" ".join(sorted(words)))');
    expect(fs.readFileSync(path.join(project.root, "main.py"), "utf8")).toBe(before);
  });

  test("finds two causes at once, each with what it reaches", () => {
    using project = projectWith(
      script(
        `import random, os\nprint(random.random())\nwith open("id.txt", "w") as out:\n    out.write(os.urandom(4).hex())\n`,
      ),
    );
    const { causes } = told("why", project.root);
    expect(places(causes)).toEqual(["entropy main.py::4", "random-seed main.py::2"]);
    expect(causes.map(({ outputs }) => outputs.join())).toEqual(
      causes.map(({ kind }) => (kind === "entropy" ? "id.txt" : "stdout")),
    );
    expect(causes.every(({ confirmed }) => confirmed)).toBe(true);
  });

  test("says that runs were the same, and where to look further", () => {
    using project = projectWith(
      script(
        `import random, time\nrandom.seed(3)\ntime.time()\nprint(random.random(), sorted({"a", "b"}))\n`,
      ),
    );
    const { verdict, causes, notes, code } = told("why", project.root);
    expect({ verdict, causes, code }).toEqual({ verdict: "same", causes: [], code: 0 });
    expect(notes.join()).toContain("rung shake main");
  });

  test("names the draws that had no effect where runs were the same", () => {
    using project = projectWith(script("import random\n\nprint(random.random() < 2)\n"));
    const { verdict, notes } = told("why", project.root);
    expect(verdict).toBe("same");
    expect(notes.join()).toContain("without an effect on these runs: random-seed at main.py:3");
  });

  test("says why a command fails, and compares nothing", () => {
    using project = projectWith(script('open("missing.csv")\n'));
    const { verdict, causes, runs, notes, code } = told("why", project.root);
    expect({ verdict, causes, runs, code }).toEqual({ verdict: "failed", causes: [], runs: 1, code: 3 });
    expect(notes.join()).toContain("missing.csv");
  });

  /** A program that the system kills in some of its runs, counted in a file beside the project. */
  const killedIn = (runs: string): Readonly<Record<string, string>> =>
    script(`import os, signal
with open(os.environ["COUNT"], "a+") as count:
    print(file=count, flush=True)
    count.seek(0)
    run = len(count.readlines())
if ${runs}:
    os.kill(os.getpid(), signal.SIGKILL)
print("always the same")
`);

  test.each([
    ["once is made again, and is no difference", "run == 2", [], { verdict: "same", code: 0 }],
    ["each time but the first shows nothing", "run > 1", [], { verdict: "failed", undecided: true, code: 4 }],
    ["each time is no failure of its own", "True", [], { undecided: true, runs: 2, code: 4 }],
    ["never, and compared with none, shows nothing", "False", ["--runs", "1"], { undecided: true, code: 4 }],
  ])("a run that the system kills %s", (_what, runs, more, expected) => {
    using project = projectWith(killedIn(runs));
    const count = path.join(project.root, "..", "count");
    fs.rmSync(count, { force: true });
    process.env["COUNT"] = count;
    try {
      const found = told("why", project.root, ...more);
      expect(found).toMatchObject({ ...expected, causes: [] });
      if (runs === "run > 1") expect(found.notes.join()).toContain("was not compared: it was killed");
    } finally {
      delete process.env["COUNT"];
    }
  });

  test("applies a confirmed mend where asked, after which runs are the same", () => {
    using project = projectWith(script("import random\nprint(random.random())\n"));
    const said = rung(["why", "main", project.root, "--apply", "--yes", "--quiet"]);
    expect(said.stdout).toContain("cause: random-seed at main.py:2");
    expect(said.stdout).toContain("print(random.random())");
    expect(fs.readFileSync(path.join(project.root, "main.py"), "utf8")).toContain("random.seed(");
    expect(told("why", project.root).verdict).toBe("same");
  });

  test("keeps to the number of runs that it is given", () => {
    using project = projectWith(script(`import random\n${words}print(list(words), random.random())\n`));
    const { runs, verdict, notes } = told("why", project.root, "--runs", "4");
    expect(runs).toBeLessThanOrEqual(4);
    expect(verdict).toBe("different");
    expect(notes.join()).toContain("--runs");
  });

  test.each([
    ["why", "1"],
    ["shake", "2"],
  ] as const)("%s never calls the same what %s runs left uncompared", (verb, most) => {
    using project = projectWith(script(`import time\n${words}print(list(words), time.tzname)\n`));
    const { verdict, undecided, causes, notes, code } = told(verb, project.root, "--runs", most);
    expect({ verdict, undecided, causes, code }).toEqual({
      verdict: "failed",
      undecided: true,
      causes: [],
      code: 4,
    });
    expect(notes.join()).toContain("--runs allows more");
  });

  test("names the cell and the line within it in a notebook", () => {
    const source = ["import random\n", "value = random.random()\n", "print(value)"];
    const cells = [
      { cell_type: "markdown", metadata: {}, source: ["# Draws"] },
      { cell_type: "code", metadata: {}, execution_count: null, outputs: [], source: ["x = 1"] },
      { cell_type: "code", metadata: {}, execution_count: null, outputs: [], source },
    ];
    using project = projectWith({
      "draw.ipynb": JSON.stringify({ cells, metadata: {}, nbformat: 4, nbformat_minor: 5 }),
      "rung.toml": '[commands.main]\nnotebook = "draw.ipynb"\n',
    });
    const { causes } = told("why", project.root);
    expect(places(causes)).toEqual(["random-seed draw.ipynb:2:2"]);
    expect(causes[0]?.confirmed).toBe(true);
  });
});

describe("rung shake", { timeout }, () => {
  test("names a listing in no promised order, although two runs here agree", () => {
    using project = projectWith({
      ...script('import os\nfor name in os.listdir("data"):\n    print(name)\n'),
      "data/a.csv": "1",
      "data/b.csv": "2",
      "data/c.csv": "3",
    });
    const { causes, verdict, code } = told("shake", project.root);
    expect({ verdict, code }).toEqual({ verdict: "different", code: 1 });
    expect(places(causes)).toEqual(["directory-order main.py::2"]);
    expect(causes[0]?.mend).toMatchObject({ confirmed: true });
  });

  test("finds nothing where nothing that varies reaches a result, and says what it varied", () => {
    using project = projectWith({
      ...script(
        'import os, time\nstarted = time.time()\ntotal = sum(len(name) for name in os.listdir("data"))\nprint(total, sorted({"x", "y"}), time.time() >= started)\n',
      ),
      "data/a.csv": "1",
      "data/b.csv": "2",
    });
    const { verdict, causes, notes, runs } = told("shake", project.root);
    expect({ verdict, causes }).toEqual({ verdict: "same", causes: [] });
    expect(notes.join()).toContain("the locale");
    expect(runs).toBeLessThanOrEqual(8);
  });
});
