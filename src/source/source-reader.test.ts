import fs from "node:fs";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { temporaryDirectory } from "../system/index.ts";
import { standardLibrary } from "./index.ts";
import { createSourceReader, type SourceFile } from "./source-reader.ts";

let directory: ReturnType<typeof temporaryDirectory>;
let root: string;
let cacheDirectory: string;

beforeEach(() => {
  directory = temporaryDirectory("source-test");
  root = path.join(directory.path, "tree");
  cacheDirectory = path.join(directory.path, "cache");
  fs.mkdirSync(root);
});
afterEach(() => directory[Symbol.dispose]());

function write(name: string, text: string): SourceFile {
  fs.writeFileSync(path.join(root, name), text);
  return { path: name, size: Buffer.byteLength(text) };
}

async function readAll(files: readonly SourceFile[], workers = 2) {
  const reader = createSourceReader({ cacheDirectory, workers });
  try {
    return await reader.read(root, files);
  } finally {
    await reader.close();
  }
}

const broken = '{"cells": [{"cell_type": "code", "source": "print(x)", "outputs": []}], "nbformat": 4}';

describe("createSourceReader", () => {
  it("gives the same facts with threads, without, and from the cache", async () => {
    const body = "x = numpy.random.rand(3)\n".repeat(200);
    const files = Array.from({ length: 150 }, (_, index) =>
      write(`m${index}.py`, `import numpy\n${body}# ${index}\n`),
    );
    files.push(
      write("n.ipynb", broken),
      write("copy.ipynb", broken),
      write("same.py", "import a"),
      write("same2.py", "import a"),
    );
    const threaded = await readAll(files);
    expect(threaded.size).toBe(files.length);
    expect(threaded.get("m149.py")).toMatchObject({ kind: "python", imports: [{ module: "numpy" }] });
    expect(threaded.get("copy.ipynb")).toMatchObject({
      findings: [{ file: "copy.ipynb" }, { file: "copy.ipynb" }],
    });
    expect(await readAll(files)).toEqual(threaded);
    fs.rmSync(cacheDirectory, { recursive: true });
    expect(await readAll(files, 0)).toEqual(threaded);
  });

  it("sees an edit, and trusts a digest that it is given", async () => {
    const file = write("a.py", "import one");
    expect((await readAll([file])).get("a.py")).toMatchObject({ imports: [{ module: "one" }] });
    write("a.py", "import two");
    expect((await readAll([file])).get("a.py")).toMatchObject({ imports: [{ module: "two" }] });
  });

  it("makes facts of what cannot be read", async () => {
    const facts = await readAll([
      { path: "gone.py", size: 1 },
      { path: "gone.ipynb", size: 1 },
      { path: "huge.ipynb", size: 200e6 },
      { path: "huge.py", size: 200e6 },
    ]);
    expect(facts.get("gone.py")).toMatchObject({ unreadable: expect.stringContaining("ENOENT") });
    expect(facts.get("gone.ipynb")).toMatchObject({ findings: [{ rule: "notebook-unreadable" }] });
    expect(facts.get("huge.ipynb")).toMatchObject({
      findings: [{ rule: "notebook-too-large", file: "huge.ipynb" }],
    });
    expect(facts.get("huge.py")).toMatchObject({ unreadable: "larger than 8 MB" });
  });

  it("works on with a cache that is broken or cannot be written", async () => {
    const file = write("a.py", "import one");
    await readAll([file]);
    for (const name of fs.readdirSync(cacheDirectory))
      fs.writeFileSync(path.join(cacheDirectory, name), "not a database at all".repeat(99));
    expect((await readAll([file])).size).toBe(1);
    expect((await readAll([file])).size).toBe(1);
    fs.rmSync(cacheDirectory, { recursive: true });
    fs.writeFileSync(cacheDirectory, "a file where the folder should be");
    expect((await readAll([file])).get("a.py")).toMatchObject({ imports: [{ module: "one" }] });
  });

  it("serves two readers of one cache at once", async () => {
    const files = Array.from({ length: 40 }, (_, index) => write(`m${index}.py`, `import m${index}\n`));
    const all = await Promise.all([readAll(files), readAll(files), readAll(files)]);
    expect(all[1]).toEqual(all[0]);
    expect(all[2]?.size).toBe(40);
  });
});

it("knows the standard library of each minor version", () => {
  expect(standardLibrary("3.11.7").has("tomllib")).toBe(true);
  expect(standardLibrary("3.10").has("tomllib")).toBe(false);
  expect(standardLibrary("3.11").has("distutils")).toBe(true);
  expect(standardLibrary("3.12").has("distutils")).toBe(false);
  expect(standardLibrary("3.6").has("dataclasses")).toBe(false);
  expect(standardLibrary("3.99").has("annotationlib")).toBe(true);
  for (const version of ["3.6", "3.9", "3.13", "3.14"])
    for (const name of ["os", "sys", "json", "winreg", "tkinter", "asyncio", "_thread"])
      expect(standardLibrary(version).has(name), `${name} in ${version}`).toBe(true);
  expect(standardLibrary("3.8").has("numpy")).toBe(false);
});
