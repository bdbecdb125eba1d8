import fs from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import type { Run } from "../../src/model/index.ts";
import { projectWith, rung } from "../support/cli.ts";
import { running } from "../support/sound-project.ts";

const timeout = 120_000;

const program: Readonly<Record<string, string>> = {
  ...running("python main.py", "[variables.SCALE]\ndefault = 1\n"),
  "main.py":
    'import os, sys\nfrom lib.calc import total\nfrom lib.other import plus\nvalues = [float(x) for x in open("data/raw.csv")]\nnote = open("data/note.txt").read()\nk = int(sys.argv[1]) if len(sys.argv) > 1 else 1\nprint("total", total(values) * k * int(os.environ["SCALE"]))\nopen("plus.txt", "w").write(str(plus()))\n',
  "lib/__init__.py": "",
  "lib/calc.py": "def total(values):\n    return sum(values)\n",
  "lib/other.py": "def plus():\n    return 1\n",
  "data/raw.csv": "1\n2\n3\n",
  "data/note.txt": "a note\n",
};

interface Found {
  readonly verdict: string;
  readonly together: boolean | null;
  readonly causes: readonly { readonly parts: readonly string[]; readonly alone: boolean }[];
  readonly notes: readonly string[];
  readonly runs: number;
}

function record(
  root: string,
  words: readonly string[] = [],
  env: Readonly<Record<string, string>> = {},
): string {
  const [own, rest] = words[0] === "--" ? [[], words] : [words, []];
  const said = rung(["run", "main", root, "--json", ...own, ...rest], { env });
  return (JSON.parse(said.stdout) as Run).id;
}

function why(root: string, one: string, other: string): Found {
  return JSON.parse(
    rung(["why", one.slice(0, 8), other.slice(0, 8), "--json"], { cwd: root }).stdout,
  ) as Found;
}

test("data is named by its file, beside other files that changed and made no difference", { timeout }, () => {
  using project = projectWith(program);
  const one = record(project.root);
  fs.writeFileSync(path.join(project.root, "data/raw.csv"), "1\n2\n4\n");
  fs.writeFileSync(path.join(project.root, "data/note.txt"), "another\n");
  fs.appendFileSync(path.join(project.root, "lib/other.py"), "# more\n");
  const other = record(project.root);
  // The tree as it is now plays no part.
  fs.rmSync(path.join(project.root, "data/raw.csv"));
  const found = why(project.root, one, other);
  expect(found).toMatchObject({
    verdict: "different",
    causes: [{ parts: ["data: data/raw.csv"], alone: true, confirmed: true, outputs: ["stdout"] }],
  });
});

test("code that only fits together is one cause", { timeout }, () => {
  using project = projectWith(program);
  const one = record(project.root);
  fs.writeFileSync(path.join(project.root, "lib/calc.py"), "def mean(values):\n    return sum(values) / 3\n");
  const main = fs.readFileSync(path.join(project.root, "main.py"), "utf8");
  fs.writeFileSync(
    path.join(project.root, "main.py"),
    main.replaceAll("total", "mean").replace('"mean"', '"total"'),
  );
  fs.appendFileSync(path.join(project.root, "lib/other.py"), "# more\n");
  const found = why(project.root, one, record(project.root));
  expect(found.causes).toMatchObject([{ parts: ["code: lib/calc.py", "code: main.py"], alone: true }]);
});

test("words, seed and variables are told apart", { timeout }, () => {
  using project = projectWith(program);
  const one = record(project.root);
  const words = record(project.root, ["--", "3"]);
  const scaled = record(project.root, ["--", "3"], { SCALE: "5" });
  expect(why(project.root, one, words).causes).toMatchObject([{ parts: ["parameters: no words → -- 3"] }]);
  expect(why(project.root, words, scaled).causes).toMatchObject([{ parts: ["variables: SCALE 1 → 5"] }]);
  const both = why(project.root, one, scaled);
  expect(both.causes.map(({ parts }) => parts[0]).sort()).toHaveLength(2);
  expect(both.together).toBe(true);
  const seeded = { ...program, "main.py": "import random\nprint(random.random())\n" };
  using drawing = projectWith(seeded);
  const [a, b] = [record(drawing.root, ["--seed", "7"]), record(drawing.root, ["--seed", "8"])];
  expect(why(drawing.root, a, b).causes).toMatchObject([{ parts: ["parameters: --seed 7 → --seed 8"] }]);
});

test("what was not recorded is said, and never put on a part", { timeout }, () => {
  using project = projectWith({ ...program, "main.py": "import random\nprint(random.random())\n" });
  const one = record(project.root);
  const same = why(project.root, one, record(project.root));
  expect(same.causes).toEqual([]);
  expect(same.notes.join()).toContain("rung why main");
  fs.appendFileSync(path.join(project.root, "main.py"), "# more\n");
  const found = why(project.root, one, record(project.root));
  expect(found.causes).toEqual([]);
  expect(found.notes.join()).toContain("each time");
});

test("equal runs are the same, and runs of two commands are refused", { timeout }, () => {
  using project = projectWith({
    ...program,
    "rung.toml": `${program["rung.toml"]}\n[commands.other]\nrun = "python main.py"\n`,
  });
  const one = record(project.root);
  expect(why(project.root, one, record(project.root))).toMatchObject({ verdict: "same", runs: 0 });
  expect(rung(["why", "main", "other", "./"], { cwd: project.root }).code).toBe(5);
  rung(["run", "other", project.root]);
  expect(rung(["why", "main", "other", "./"], { cwd: project.root }).code).toBe(2);
});

test("a large file that was not kept is named, whichever run comes first", { timeout }, () => {
  using project = projectWith({ ...program, "main.py": 'print(sum(open("large.bin", "rb").read()))\n' });
  const large = path.join(project.root, "large.bin");
  fs.writeFileSync(large, Buffer.alloc(2 << 20, 1));
  const one = record(project.root);
  fs.writeFileSync(large, Buffer.alloc(2 << 20, 2));
  const other = record(project.root);
  for (const found of [why(project.root, one, other), why(project.root, other, one)]) {
    expect(found).toMatchObject({ verdict: "different", runs: 0, causes: [] });
    expect(found.notes.join()).toContain("the contents of large.bin were not kept");
  }
});
