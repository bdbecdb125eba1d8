import path from "node:path";
import { assert, property, string } from "fast-check";
import { afterAll, describe, expect, test } from "vitest";
import type { Command, Project } from "../../model/index.ts";
import { lastContentDate, readGit } from "../../project/git.ts";
import { defaultConfig } from "../../manifests/index.ts";
import { runProcess, temporaryDirectory, writeAtomic } from "../../system/index.ts";
import { dateEntries } from "./date-entries.ts";
import { entryFiles } from "./entry-files.ts";
import { readWatermark } from "./watermark.ts";

const room = temporaryDirectory("entries");
afterAll(() => room[Symbol.dispose]());

const notebook = (...outputs: readonly string[]): string =>
  JSON.stringify(
    {
      cells: outputs.map((text) => ({
        cell_type: "code",
        source: ["%watermark"],
        outputs: [{ output_type: "stream", text: text.split(/(?<=\n)/u) }],
      })),
      metadata: {},
      nbformat: 4,
    },
    null,
    1,
  );

describe("watermarks", () => {
  test.each([
    ["Last updated: 2018-06-14\n\nCPython 3.6.3\nIPython 6.2.1\n\nnumpy 1.13.3\n", "2018-06-14", "3.6"],
    [
      "Last updated: 2021-02-09T10:11:12+01:00\n\nPython implementation: CPython\nPython version       : 3.8.5\n",
      "2021-02-09",
      "3.8",
    ],
    ["last updated: Thu Feb 18 2021 11:30:58CET\n", "2021-02-18", null],
    ["Last updated: 14/06/2018 20:14:23\n", "2018-06-14", null],
    [
      "INSTALLED VERSIONS\n------------------\ncommit: None\npython: 3.6.5.final.0\npandas: 0.23.0\n",
      null,
      "3.6",
    ],
    ["'3.7.3 (default, Mar 27 2019, 22:11:17) \\n[GCC 7.3.0]'", null, "3.7"],
    ["Session information updated at 2021-01-31 12:34\n", "2021-01-31", null],
    ["Last updated: 2018-13-45\n", null, null],
    ["the code was last updated by me", null, null],
  ])("%j", (text, date, python) => {
    const found = readWatermark(notebook(text));
    expect([found.date?.day ?? null, found.python?.series ?? null]).toEqual([date, python]);
  });

  test("versions are hints, and the line is that of the file", () => {
    const found = readWatermark(
      notebook("CPython 3.6.3\nIPython 6.2.1\n\nnumpy 1.13.3\nscikit-learn==0.19.1\nmachine   : x86_64\n"),
    );
    expect(Object.fromEntries(found.packages)).toEqual({
      IPython: "6.2.1",
      numpy: "1.13.3",
      "scikit-learn": "0.19.1",
    });
    expect(found.python?.line).toBeGreaterThan(5);
  });

  test("code and prose do not count, and arbitrary text never throws", () => {
    const text = JSON.stringify({
      cells: [{ cell_type: "code", source: "print('Last updated: 2018-06-14')", outputs: [] }],
    });
    expect(readWatermark(text).date).toBeNull();
    assert(
      property(string(), (anything) => {
        readWatermark(`Last updated: ${anything}`);
        readWatermark(notebook(`Last updated: ${anything}\nCPython ${anything}`));
      }),
    );
  });
});

const command = (name: string, run: string, kind: Command["kind"] = "run"): Command => ({
  name,
  kind,
  run,
  cwd: ".",
  env: {},
  timeoutSeconds: 60,
  needs: [],
  outputs: [],
  network: false,
  fallback: null,
  origin: "declared",
  location: null,
});

async function project(files: Readonly<Record<string, string>>): Promise<Project> {
  const root = path.join(room.path, `p${Math.random().toString(36).slice(2)}`);
  for (const [name, text] of Object.entries(files)) writeAtomic(path.join(root, name), text);
  return {
    root,
    name: "p",
    config: defaultConfig(),
    configFile: null,
    files: Object.entries(files).map(([name, text]) => ({
      path: name,
      size: text.length,
      mode: 0o644,
      kind: "file",
      mtimeMs: Date.parse("2015-05-05T12:00:00Z"),
    })),
    manifests: [],
    commands: [],
    python: null,
    compareRules: [],
    documents: [],
    data: [],
    git: null,
    findings: [],
  };
}

async function commit(root: string, date: string): Promise<void> {
  const env = {
    ...process.env,
    GIT_AUTHOR_DATE: `${date}T12:00:00Z`,
    GIT_COMMITTER_DATE: "2026-01-01T12:00:00Z",
  };
  const identity = ["-c", "user.name=a", "-c", "user.email=a@localhost"];
  for (const args of [
    ["init", "-q"],
    ["add", "-A"],
    [...identity, "commit", "-q", "-m", "x"],
  ]) {
    await runProcess(["git", "-C", root, ...args], { env });
  }
}

test("the files of a command are those that it starts", async () => {
  const files = { "a.py": "", "pkg/__main__.py": "", "pkg/mod.py": "", "nb/x.ipynb": "" };
  const one = await project(files);
  expect(entryFiles(one, command("a", "python a.py --data b.csv && python -m pkg.mod"))).toEqual([
    "a.py",
    "pkg/mod.py",
  ]);
  expect(entryFiles(one, command("a", "python -m pkg"))).toEqual(["pkg/__main__.py"]);
  expect(entryFiles(one, command("x", "nb/x.ipynb", "notebook"))).toEqual(["nb/x.ipynb"]);
  expect(entryFiles(one, { ...command("m", "python mod.py"), cwd: "pkg" })).toEqual(["pkg/mod.py"]);
  expect(entryFiles(one, command("make", "make all"))).toEqual([]);
});

describe("dates", () => {
  test("a commit dates a file by its author's day, and a move does not", async () => {
    const bare = await project({
      "a.py": "print(1)\n",
      "old.ipynb": notebook("Last updated: 2017-01-02\nCPython 3.6.0\n"),
    });
    await commit(bare.root, "2018-03-04");
    await runProcess(["git", "-C", bare.root, "mv", "a.py", "b.py"]);
    await commit(bare.root, "2024-01-01");
    const moved = {
      ...bare,
      git: await readGit(bare.root),
      files: [{ ...bare.files[0], path: "b.py" }, bare.files[1]],
    } as Project;
    const commands = [
      command("b", "python b.py"),
      command("old", "old.ipynb", "notebook"),
      command("make", "make"),
    ];
    const dates = await dateEntries(moved, new Map(), commands, null);
    expect(dates.map(({ entry, date, by }) => [entry, date, by])).toEqual([
      ["b", "2018-03-04", "commit"],
      ["old", "2017-01-02", "watermark"],
      ["make", "2024-01-01", "commit"],
    ]);
    expect(dates[1]?.python).toEqual({ series: "3.6", by: "watermark" });
    const told = await dateEntries(moved, new Map(), commands, "2020-02-02");
    expect(told.map(({ date, by }) => [date, by])).toContainEqual(["2020-02-02", "as-of"]);
  });

  test("without Git the time of the file is all there is", async () => {
    const bare = await project({ "a.py": "" });
    expect(await dateEntries(bare, new Map(), [command("a", "python a.py")], null)).toMatchObject([
      { date: "2015-05-05", by: "file", file: "a.py" },
    ]);
  });

  test("Git's listing is read whatever it holds", () => {
    expect(lastContentDate("2020-01-01\n\nR100\ta\tb\n2019-01-01\n\nM\ta\n")).toBe("2019-01-01");
    expect(lastContentDate("2020-01-01\n\nR100\ta\tb\n")).toBe("2020-01-01");
    expect(lastContentDate("")).toBeNull();
    assert(property(string(), (text) => typeof (lastContentDate(text) ?? "") === "string"));
  });
});
