import { describe, expect, it } from "vitest";
import { groupByHome, type HomeTree } from "./homes.ts";

/** A tree of these files, in which folders with a requirements.txt or an anaconda-project.yml declare. */
function treeOf(files: Readonly<Record<string, string>>): HomeTree {
  const declaring = ["requirements.txt", "anaconda-project.yml"];
  return {
    declares: (folder) => declaring.some((name) => (folder === "" ? name : `${folder}/${name}`) in files),
    hasFile: (path) => path in files,
    readText: (path) => files[path] ?? null,
  };
}
const homes = (entries: readonly string[], files: Readonly<Record<string, string>>) =>
  groupByHome(entries, treeOf(files)).map(({ folder, entries: found }) => [
    folder,
    found.map(({ entry }) => entry),
  ]);
const project = "commands:\n  notebook:\n    notebook: a.ipynb\n";

describe("the home of an entry", () => {
  it("is the root where no folder above it declares anything", () => {
    expect(homes(["nb:sub/a.ipynb", "cd sub && python b.py"], {})).toEqual([
      ["", ["nb:sub/a.ipynb", "cd sub && python b.py"]],
    ]);
  });

  it("is the nearest folder above it that declares, and the entry is seen from there", () => {
    const files = {
      "requirements.txt": "",
      "one/requirements.txt": "",
      "one/deep/x.py": "",
      "two/requirements.txt": "",
    };
    expect(
      homes(
        ["nb:one/a.ipynb", "cd one/deep && python x.py", "cd 'two' && python y.py", "nb:other/b.ipynb"],
        files,
      ),
    ).toEqual([
      ["one", ["nb:a.ipynb", "cd deep && python x.py"]],
      ["two", ["python y.py"]],
      ["", ["nb:other/b.ipynb"]],
    ]);
  });

  it("is a folder further up where the code reads beside the nearest", () => {
    const notebook = '{"cells": [{"source": ["read(\\"../data/x.csv\\")"]}]}';
    const files = { "one/requirements.txt": "", "one/a.ipynb": notebook, "one/b/c.ipynb": notebook };
    expect(homes(["nb:one/a.ipynb", "nb:one/b/c.ipynb"], files)).toEqual([
      ["", ["nb:one/a.ipynb"]],
      ["one", ["nb:b/c.ipynb"]],
    ]);
    expect(homes(["cd one && python x.py ../data"], { "one/requirements.txt": "" })).toEqual([
      ["", ["cd one && python x.py ../data"]],
    ]);
    expect(
      homes(["cd one && python x.py"], { "one/requirements.txt": "", "one/x.py": "open('../shared.csv')" }),
    ).toEqual([["", ["cd one && python x.py"]]]);
  });

  it("is never outside of the root", () => {
    expect(homes(["cd .. && python x.py", "cd /etc && ls", "nb:../a.ipynb"], {})).toEqual([
      ["", ["cd .. && python x.py", "cd /etc && ls", "nb:../a.ipynb"]],
    ]);
  });
});

describe("a line whose program reads its own file", () => {
  const files = { "one/anaconda-project.yml": project, "two/anaconda-project.yml": project };
  const entries = ["anaconda-project run notebook", "nb:one/a.ipynb", "nb:two/a.ipynb"];

  it("runs in each folder that the others name, where the root has no such file", () => {
    expect(homes(entries, files)).toEqual([
      ["one", ["anaconda-project run notebook", "nb:a.ipynb"]],
      ["two", ["anaconda-project run notebook", "nb:a.ipynb"]],
    ]);
  });

  it("runs in the only folder that knows the name", () => {
    expect(homes(entries, { ...files, "two/anaconda-project.yml": "commands:\n  other:\n" })[0]).toEqual([
      "one",
      ["anaconda-project run notebook", "nb:a.ipynb"],
    ]);
  });

  it("runs at the root where the root has such a file, or nothing knows the name", () => {
    const atRoot = { ...files, "anaconda-project.yml": project };
    expect(homes(entries, atRoot)[0]).toEqual(["", ["anaconda-project run notebook"]]);
    expect(homes(["anaconda-project run absent", "nb:one/a.ipynb"], files)[0]).toEqual([
      "",
      ["anaconda-project run absent"],
    ]);
  });

  it("runs in each folder where it is said so", () => {
    const said = ["python a.py (in each folder)", "nb:one/a.ipynb", "nb:two/a.ipynb"];
    expect(homes(said, files)).toEqual([
      ["one", ["python a.py", "nb:a.ipynb"]],
      ["two", ["python a.py", "nb:a.ipynb"]],
    ]);
    expect(homes(["python a.py (in each folder)"], {})).toEqual([["", ["python a.py"]]]);
  });

  it("keeps the name that it was asked for by", () => {
    const [one] = groupByHome(["make all (in each folder)", "nb:one/a.ipynb"], treeOf(files));
    expect(one?.entries[0]).toEqual({ entry: "make all", asked: "make all (in each folder)" });
  });
});
