import { describe, expect, test } from "vitest";
import { failedRun, traceback } from "../../test/support/failed-run.ts";
import type { Command } from "../model/index.ts";
import { signatureOf, type Attempt } from "./attempt.ts";
import type { Mended } from "./mend.ts";
import { mends } from "./mends.ts";

interface Tried {
  readonly files: Readonly<Record<string, string>>;
  readonly command?: Partial<Command> & Pick<Command, "run">;
  readonly text: string;
  readonly pins?: Readonly<Record<string, string>>;
  readonly leftOut?: readonly string[];
  readonly asked?: Attempt["asked"];
}

const interpreter = {
  executable: "/usr/bin/python3",
  version: "3.12.1",
  implementation: "cpython",
  basePrefix: "/usr",
};
const environment = {
  source: "spec" as const,
  prefix: "/nowhere",
  binDirectory: "/nowhere/bin",
  interpreter,
  digest: "1",
  description: "",
  packages: {},
};

async function mend(
  tried: Tried,
): Promise<(Mended & { readonly id: string; readonly command: Command }) | null> {
  using failed = await failedRun(tried.files, tried.command ?? { run: "python main.py" }, tried.text);
  const entry = { given: "main", command: failed.command, before: [], stands: null };
  const attempt: Attempt = {
    entries: [entry],
    asked: tried.asked ?? [],
    bounds: [],
    called: [],
    folders: [],
  };
  const pins = new Map(Object.entries(tried.pins ?? {}));
  const prepared = { environment, pins, requirements: "", leftOut: tried.leftOut ?? [] };
  for (const { id, apply } of mends) {
    const mended = apply({ attempt, failed, prepared, needs: [] });
    if (mended === null) continue;
    expect(signatureOf(mended.attempt), "a mend changes what is tried").not.toBe(signatureOf(attempt));
    return { ...mended, id, command: mended.attempt.entries[0]?.command ?? failed.command };
  }
  return null;
}

const missing = (path: string): string => `FileNotFoundError: [Errno 2] No such file or directory: '${path}'`;

describe("what a failure asks for", () => {
  test("a package", async () => {
    const text = traceback("main.py", 1, "import yaml", "ModuleNotFoundError: No module named 'yaml'");
    const mended = await mend({ files: { "main.py": "import yaml\n" }, text });
    expect(mended).toMatchObject({
      id: "missing-package",
      action: "install pyyaml",
      location: { file: "main.py", line: 1 },
    });
  });

  test("an engine that no code imports", async () => {
    const line = 'df.to_excel("x.xlsx")';
    const text = traceback("main.py", 1, line, "ModuleNotFoundError: No module named 'openpyxl'");
    expect(await mend({ files: { "main.py": line }, text, pins: { pandas: "1.3.5" } })).toMatchObject({
      id: "missing-package",
      action: "install openpyxl",
    });
  });

  test("a package of whom nothing is known, and says that it is a guess", async () => {
    const line = "import zzz_nowhere";
    const text = traceback("main.py", 1, line, "ModuleNotFoundError: No module named 'zzz_nowhere'");
    const guessed = await mend({ files: { "main.py": line }, text });
    expect(guessed).toMatchObject({ id: "missing-package", action: "install zzz-nowhere" });
    expect(guessed?.reason).toContain("a guess from the name alone");
    const asked = await mend({
      files: { "main.py": line },
      text: traceback("main.py", 1, line, "ImportError: please pip install kaleido"),
    });
    expect(asked).toMatchObject({ action: "install kaleido" });
    expect(asked?.reason).not.toContain("guess");
  });

  test("nothing, where a module of the project is misspelt", async () => {
    const line = "from datasets.loader import load";
    const text = traceback("main.py", 1, line, "ModuleNotFoundError: No module named 'datasets'");
    expect(
      await mend({ files: { "main.py": line, "dataset/loader.py": "def load(): ...\n" }, text }),
    ).toBeNull();
  });

  test("the release that still has an API", async () => {
    const line = "df = df.append(row)";
    const text = traceback(
      "main.py",
      1,
      line,
      "AttributeError: 'DataFrame' object has no attribute 'append'",
    );
    const mended = await mend({ files: { "main.py": line }, text, pins: { pandas: "2.1.0" } });
    expect(mended?.id).toBe("wrong-era");
    expect(mended?.attempt.bounds).toMatchObject([{ distribution: "pandas" }]);
  });

  test("an older Python, for a module that it had", async () => {
    const text = traceback("main.py", 1, "import imp", "ModuleNotFoundError: No module named 'imp'");
    const mended = await mend({ files: { "main.py": "import imp\n" }, text });
    expect(mended?.attempt.bounds).toMatchObject([
      { distribution: "python", specifier: expect.stringMatching(/^<(?:=3\.11|3\.12)/u) },
    ]);
  });

  test("the script's folder", async () => {
    const text = traceback("src/main.py", 1, 'open("data.csv")', missing("data.csv"));
    const files = { "src/main.py": 'open("data.csv")\n', "src/data.csv": "1\n" };
    const mended = await mend({ files, command: { run: "python src/main.py --fast" }, text });
    expect(mended).toMatchObject({
      id: "wrong-folder",
      command: { cwd: "src", run: "python main.py --fast" },
    });
  });

  test("the project's folder, for a notebook below it", async () => {
    const text = `Code cell 1 of 1: ${missing("data/x.csv")}\n`;
    const files = {
      "notebooks/look.ipynb": '{"cells": [], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}',
      "data/x.csv": "1\n",
    };
    const mended = await mend({ files, command: { kind: "notebook", run: "notebooks/look.ipynb" }, text });
    expect(mended).toMatchObject({ id: "wrong-folder", command: { cwd: "./", run: "notebooks/look.ipynb" } });
  });

  test("the project's folder, for what GDAL looks for in an archive", async () => {
    const said =
      "DriverError: '/vsizip/data/land.zip' does not exist in the file system, and is not recognized";
    const files = {
      "solved/map.ipynb": '{"cells": [], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}',
      "data/land.zip": "1\n",
    };
    const text = `Code cell 1 of 1: ${said} as a supported dataset name.\n`;
    const mended = await mend({ files, command: { kind: "notebook", run: "solved/map.ipynb" }, text });
    expect(mended).toMatchObject({ id: "wrong-folder", command: { cwd: "./" } });
  });

  test("a folder to write to", async () => {
    const line = 'plt.savefig("results/plots/a.png")';
    const text = traceback("main.py", 1, line, missing("results/plots/a.png"));
    const mended = await mend({ files: { "main.py": line }, text });
    expect(mended).toMatchObject({ id: "missing-folder", attempt: { folders: ["results/plots"] } });
  });

  test("nothing, where it is read", async () => {
    const line = 'open("results/a.csv")';
    expect(
      await mend({
        files: { "main.py": line },
        text: traceback("main.py", 1, line, missing("results/a.csv")),
      }),
    ).toBeNull();
  });

  test("the folder of the project's own module", async () => {
    const text = traceback(
      "scripts/main.py",
      1,
      "import tools",
      "ModuleNotFoundError: No module named 'tools'",
    );
    const files = { "scripts/main.py": "import tools\n", "lib/tools.py": "" };
    const mended = await mend({ files, command: { run: "python scripts/main.py" }, text });
    expect(mended).toMatchObject({ id: "import-root", command: { env: { PYTHONPATH: "lib" } } });
  });

  test("no screen", async () => {
    const error = "_tkinter.TclError: no display name and no $DISPLAY environment variable";
    const mended = await mend({
      files: { "main.py": "plt.show()\n" },
      text: traceback("main.py", 1, "plt.show()", error),
    });
    expect(mended).toMatchObject({ id: "missing-display", command: { env: { MPLBACKEND: "Agg" } } });
  });

  test("UTF-8", async () => {
    const error =
      "UnicodeDecodeError: 'ascii' codec can't decode byte 0xc3 in position 3: ordinal not in range(128)";
    const mended = await mend({
      files: { "main.py": "open('x').read()\n" },
      text: traceback("main.py", 1, "open('x').read()", error),
    });
    expect(mended).toMatchObject({ id: "text-encoding", command: { env: { PYTHONUTF8: "1" } } });
  });

  test("no unused tool, where a part of it cannot be installed", async () => {
    const location = { file: "requirements.txt", line: 2 };
    const asked = [{ name: "jupyter", text: "jupyter", location, origin: "declared" as const }];
    const text = traceback("main.py", 1, "import x", "ModuleNotFoundError: No module named 'simplegeneric'");
    expect(
      await mend({ files: { "main.py": "import x\n" }, text, asked, leftOut: ["simplegeneric"] }),
    ).toMatchObject({
      id: "drop-unused",
      action: "leave out jupyter",
      location,
    });
  });

  test("a program that a package brings", async () => {
    const text = "/bin/sh: 1: papermill: not found\n";
    expect(
      await mend({ files: { "a.ipynb": "{}" }, command: { run: "papermill a.ipynb b.ipynb" }, text }),
    ).toMatchObject({
      id: "missing-program",
      action: "install papermill",
    });
  });
});
