import { describe, expect, test } from "vitest";
import { readInstructions, readManifests, upsertInstructions, writeInstructions } from "../index.ts";
import { makeCommand } from "../shell/make-command.ts";

const runs = (text: string, path = "README.md") => readInstructions(path, text).runs.map((c) => c.run);

test("install lines apart from run lines; each later command needs the former", () => {
  const text = `# Project

## Install
\`\`\`bash
$ git clone https://example.org/me/proj.git
$ cd proj
$ python3 -m venv .venv && source .venv/bin/activate
$ pip install -r requirements.txt
\`\`\`

Then:

\`\`\`
$ python src/clean.py --out "a b"
12 rows
$ cd notebooks && jupyter nbconvert --to notebook --execute --inplace look.ipynb
$ SEED=3 python src/train.py \\
>   --epochs 2  # two
\`\`\`

Start \`jupyter lab\`:

    jupyter lab
`;
  const found = readInstructions("README.md", text);
  expect(found.install.map((line) => [line.line, line.text])).toEqual([
    [7, "python3 -m venv .venv"],
    [7, "source .venv/bin/activate"],
    [8, "pip install -r requirements.txt"],
  ]);
  expect(found.runs.map((c) => [c.name, c.kind, c.run, c.cwd, c.needs, c.location?.line])).toEqual([
    ["clean", "run", 'python src/clean.py --out "a b"', ".", [], 14],
    ["look", "notebook", "notebooks/look.ipynb", ".", ["clean"], 16],
    ["train", "run", "python src/train.py --epochs 2", "notebooks", ["clean", "look"], 17],
  ]);
  expect(found.runs[2]?.env).toEqual({ SEED: "3" });
  expect(found.manual).toEqual([{ text: "jupyter lab", line: 23 }]);
  expect(found.headings).toEqual([
    { text: "Project", line: 1 },
    { text: "Install", line: 3 },
  ]);
});

describe("commands that cannot run by themselves are none", () => {
  test.each([
    ..."jupyter notebook|jupyter lab --no-browser|streamlit run app.py|flask run|uvicorn a:b|python manage.py runserver".split(
      "|",
    ),
    ..."git clone https://example.org/x|python|python -i x.py|python train.py --data <path>|python train.py [options]".split(
      "|",
    ),
    ..."python your_script.py|docker run x|python -m http.server|python setup.py install|make install|make clean".split(
      "|",
    ),
    ..."python train.py --help|python x.py &|uv run jupyter lab|python -m pip install x|python -c 'print(1)'|echo hi".split(
      "|",
    ),
    ..."bash install.sh|jupyter nbconvert --to html x.ipynb|python /path/to/x.py|cd /tmp && python x.py".split(
      "|",
    ),
  ])("%s", (line) => {
    expect(runs(`\`\`\`sh\n${line}\n\`\`\`\n`)).toEqual([]);
  });
});

test.each([
  ["uv run python a.py", "python a.py"],
  ["uv run a.py --n 1", "python a.py --n 1"],
  ["uv run --with rich a.py", "uv run --with rich a.py"],
  ["poetry run mytool --fast", "mytool --fast"],
  ["make figures", "make figures"],
  ["make", "make"],
  ["python a.py --out=../figs/ | tee log.txt", "python a.py --out=../figs/ | tee log.txt"],
  ["./run.sh", "./run.sh"],
  ["python -m pkg.main", "python -m pkg.main"],
  ["python -u a.py > log.txt 2>&1", "python -u a.py > log.txt 2>&1"],
  ["pip install x && python a.py && python b.py", "python a.py && python b.py"],
  ["(venv) me@host:~/x$ python a.py", "python a.py"],
  ["for i in 1 2; do\n  python a.py $i\ndone", "for i in 1 2; do python a.py $i; done"],
])("%j runs %j", (line, run) => {
  expect(runs(`\`\`\`sh\n${line}\n\`\`\`\n`)).toEqual([run]);
});

test("reStructuredText, indented blocks, plain text and inline code", () => {
  expect(
    runs(
      "Use\n===\n\n.. code-block:: bash\n\n   python a.py\n\nThen::\n\n  python b.py\n\npython c.py\n",
      "README.rst",
    ),
  ).toEqual(["python a.py", "python b.py"]); // eslint-disable-line max-len
  expect(runs("Run this:\n\n    python a.py\n\n```python\npython = 1\n```\n")).toEqual(["python a.py"]);
  const files: Readonly<Record<string, string>> = {
    "README.txt": "Make sure you have python.\nmake sure of it\n\npython a.py\npython gone.py\n",
    "a.py": "",
  }; // eslint-disable-line max-len
  expect(readManifests(["README.txt"], (path) => files[path] ?? null)[0]?.commands.map((c) => c.run)).toEqual(
    ["python a.py"],
  );
  expect(runs("Install it and run `make reproduce`. We use `pytest` and `make`.")).toEqual([
    "make reproduce",
  ]);
  expect(runs("<!--\n```\npython a.py\n```\n-->\n")).toEqual([]);
});

test("`cd` into the clone is the root where the files say so", () => {
  const files: Readonly<Record<string, string>> = {
    "README.md": "```\ncd proj\npython a.py\n```\n",
    "a.py": "",
  };
  const [manifest] = readManifests(["README.md"], (path) => files[path] ?? null);
  expect(manifest?.commands[0]).toMatchObject({ run: "python a.py", cwd: "." });
});

describe("the section that is written", () => {
  const commands = [
    makeCommand({ name: "clean-data", kind: "run", run: "python src/clean.py", location: null }),
    makeCommand({ name: "look", kind: "notebook", run: "notebooks/a look.ipynb", location: null }),
    makeCommand({
      name: "train@small",
      kind: "run",
      run: "python train.py --n 1",
      cwd: "src",
      env: { A: "x y" },
      location: null,
    }),
    makeCommand({ name: "check", kind: "test", run: "pytest -q", location: null }),
  ];
  const section = writeInstructions({
    name: "proj",
    python: "3.12",
    install: ["python -m pip install -r requirements.txt"],
    commands,
  });

  test("is read back as the same commands", () => {
    const found = readInstructions(
      "README.md",
      upsertInstructions("# Proj\n\n```\npython src/clean.py\n```\n", section),
    );
    expect(found.runs.map(({ name, kind, run, cwd, env }) => ({ name, kind, run, cwd, env }))).toEqual(
      commands.map(({ name, kind, run, cwd, env }) => ({ name, kind, run, cwd, env })),
    );
    expect(found.install.map((line) => line.text)).toEqual([
      "python3.12 -m venv .venv",
      ". .venv/bin/activate",
      "python -m pip install -r requirements.txt",
    ]);
    expect(found.headings.map((heading) => heading.text)).toContain("Reproduce");
  });

  test("replaces an earlier one of ours and leaves the rest", () => {
    const once = upsertInstructions("# Proj\r\n\r\nText", section);
    expect(upsertInstructions(once, section)).toBe(once);
    const after = `${once}\r\n## Licence\r\n`;
    const other = writeInstructions({
      name: "proj",
      python: null,
      install: [],
      commands: commands.slice(0, 1),
    });
    const replaced = upsertInstructions(after, other);
    expect(replaced).toMatch(/^# Proj\r\n\r\nText\r\n\r\n<!-- rung/u);
    expect(replaced).toMatch(/## Licence\r\n$/u);
    expect(readInstructions("README.md", replaced).runs).toHaveLength(1);
    expect(replaced.replaceAll("\r\n", "")).not.toContain("\n");
    expect(upsertInstructions(null, section)).toBe(section);
  });
});
