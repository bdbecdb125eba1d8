import { execFileSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { detectIsolation } from "./detect.ts";
import type { RunRequest, RunResult } from "./request.ts";
import { bareEnvironment, makeSample, type Sample } from "./sample-request.ts";
import { executedNotebook, runSampleNotebook, type Cell, type Executed } from "./sample-notebook.ts";
import { sampleTools } from "./sample-tools.ts";

const tools = sampleTools();
const none = { notebookPython: null, kernelOverlay: null, readOnlyPaths: [] };
const isolated = (await detectIsolation()) !== "none";

const stored = (text: string): object => ({ output_type: "stream", name: "stdout", text });

let sample: Sample;
beforeEach(() => {
  sample = makeSample();
});
afterEach(() => sample.remove());

const runNotebook = (
  cells: readonly Cell[],
  more: Partial<RunRequest> = {},
  command: Partial<RunRequest["command"]> = {},
): Promise<RunResult> => runSampleNotebook(sample, cells, { tools: tools ?? none, ...more }, command);

const executed = (result: RunResult): Executed => executedNotebook(sample, result);

describe.skipIf(tools === null)("a notebook (needs a package index once)", () => {
  it("has all that a cell printed, however late its sender gets to it", async () => {
    const slow = [
      "import sys, time",
      "send = sys.stdout._flush",
      "sys.stdout._flush = lambda: (time.sleep(0.5), send())",
      "wait = __import__('threading').Event.wait",
      "__import__('threading').Event.wait = lambda event, timeout=None: wait(event, timeout and 0.01)",
      "print('all')",
    ].join("\n");
    const result = await runNotebook([{ source: slow }, { source: "pass" }]);
    expect(executed(result).cells.map(({ outputs }) => outputs.map(({ text }) => text))).toEqual([
      ["all\n"],
      [],
    ]);
  });

  it("runs under a fixed clock, and prints the time that it shows (needs isolation)", async () => {
    if (!isolated) return;
    const result = await runNotebook(
      [{ source: "import datetime, time\ntime.sleep(0.1)\nprint(datetime.date.today())" }],
      { conditions: { clock: 1_776_248_430, control: { timers: 1000 } } },
    );
    expect(result.run).toMatchObject({ exitCode: 0, errorTail: "" });
    expect(executed(result).cells[0]?.outputs[0]?.text).toBe("2026-04-15\n");
  });

  it("runs from the top in its own folder; old outputs are gone, the file itself stays", async () => {
    const result = await runNotebook([
      { source: "import os; x = 20; print(os.path.basename(os.getcwd()))", outputs: [stored("stale")] },
      { source: "x + 22" },
      { source: "open('made.txt', 'w').write('hi')" },
    ]);
    expect(result.run.errorTail).toBe("");
    expect(result.run.exitCode).toBe(0);
    const { cells } = executed(result);
    expect(cells.map((cell) => cell.execution_count)).toEqual([1, 2, 3]);
    expect(cells[0]?.outputs).toMatchObject([{ text: "notebooks\n" }]);
    expect(cells[1]?.outputs).toMatchObject([{ data: { "text/plain": "42" } }]);
    const files = result.run.outputs.filter((output) => output.kind === "file");
    expect(files.map((output) => `${output.path} ${output.change}`)).toEqual(["notebooks/made.txt created"]);
    expect(result.overlayImports).toEqual([]);
  });

  it("stops at a cell that fails, and names it", async () => {
    const result = await runNotebook([{ source: "y = 1" }, { source: "undefined_name" }, { source: "y" }]);
    expect(result.run.exitCode).toBe(1);
    expect(result.run.errorTail).toMatch(
      /^Code cell 2 of 3: NameError: name 'undefined_name' is not defined\n/u,
    );
    expect(result.run.errorTail).not.toContain("\u001b");
    expect(executed(result).cells.map((cell) => cell.execution_count)).toEqual([1, 2, null]);
  });

  it("counts as failed a cell that shows a traceback, though the kernel calls it a success", async () => {
    const draw = `def draw():
    get_ipython().events.unregister("post_execute", draw)
    raise KeyError("size")
get_ipython().events.register("post_execute", draw)`;
    const result = await runNotebook([{ source: draw }, { source: "print('on')" }]);
    expect(result.run.exitCode).toBe(1);
    expect(result.run.errorTail).toMatch(/^Code cell 1 of 2: KeyError: 'size'\n/u);
    expect(executed(result).cells[1]?.outputs).toMatchObject([{ text: "on\n" }]);
    const error = { output_type: "error", ename: "KeyError", evalue: "'size'", traceback: [] };
    expect((await runNotebook([{ source: draw, outputs: [error] }])).run.exitCode).toBe(0);
  });

  it("names the error of a result that cannot be shown", async () => {
    const broken = "class Broken:\n    def _repr_html_(self):\n        raise KeyError('size')\nBroken()";
    const result = await runNotebook([{ source: broken }]);
    expect(result.run.errorTail).toMatch(/^Code cell 1 of 1: KeyError: 'size'\n/u);
  });

  it("shows a picture with a Matplotlib before 2.0, without a note on its background", async () => {
    const library = path.join(sample.root, "notebooks/matplotlib");
    fs.mkdirSync(path.join(library, "backends"), { recursive: true });
    const modules = {
      // The later names are there for whichever inline backend this machine's Python has.
      __init__: "__version_info__ = (3, 10)\ndef get_backend(**_how):\n    return 'agg'",
      colors: "",
      figure: "class Figure: pass",
      _pylab_helpers: "class Gcf: pass",
      "backends/__init__": "",
      "backends/backend_agg":
        "from ..figure import Figure\nclass FigureCanvasAgg: pass\nnew_figure_manager = None",
    };
    for (const [name, text] of Object.entries(modules)) {
      fs.writeFileSync(path.join(library, `${name}.py`), `${text}\n`);
    }
    const result = await runNotebook([
      { source: "from matplotlib_inline import backend_inline" },
      { source: "print(backend_inline._fetch_figure_metadata(None))" },
    ]);
    expect(result.run.errorTail).toBe("");
    expect(executed(result).cells[1]?.outputs).toMatchObject([{ text: "{}\n" }]);
  });

  it("goes on after a cell that is meant to fail, by its tag or by its stored output", async () => {
    const error = { output_type: "error", ename: "KeyError", evalue: "1", traceback: [] };
    const result = await runNotebook([
      { source: "1 / 0", tags: ["raises-exception"] },
      { source: "{}[1]", outputs: [error] },
      { source: "print('on')" },
    ]);
    expect(result.run.exitCode).toBe(0);
    const { cells } = executed(result);
    expect(cells.map((cell) => cell.outputs[0]?.ename)).toEqual(["ZeroDivisionError", "KeyError", undefined]);
    expect(cells[1]?.metadata).toEqual({});
    expect(cells[0]?.metadata).toEqual({ tags: ["raises-exception"] });
  });

  it("reports imports that only Rung's own packages served, from cells and from the tree's modules", async () => {
    fs.writeFileSync(path.join(sample.root, "tool.py"), "import tornado\n");
    const result = await runNotebook([
      { source: "import sys; sys.path.insert(0, '..')\nimport tool\nimport IPython, json" },
      { source: "def f():\n    from psutil import cpu_count\nf()" },
    ]);
    expect(result.run.errorTail).toBe("");
    expect(result.overlayImports).toEqual(["psutil", "tornado"]);
  });

  it("reports them under computed names too, and leaves alone what every kernel brings", async () => {
    const result = await runNotebook([
      { source: "import importlib\nimportlib.import_module('ps' + 'util').__name__" },
      { source: "a = __import__('torn' + 'ado.' + 'web'); a.version_info > (1,)" },
      { source: "import sys\n'zmq' in sys.modules" },
      { source: "from IPython.display import display\ndisplay(1)\n1 / 0", tags: ["raises-exception"] },
      {
        source: "get_ipython().run_line_magic('timeit', '-n1 -r1 1')\n%matplotlib --list",
        tags: ["raises-exception"],
      },
    ]);
    expect(result.run.errorTail).toBe("");
    expect(result.overlayImports).toEqual(["psutil", "tornado"]);
    expect(executed(result).cells[2]?.outputs).toMatchObject([{ data: { "text/plain": "False" } }]);
  });

  it("serves no installed package from it", async () => {
    const prefix = path.join(sample.folder, "made");
    execFileSync("python3", ["-m", "venv", "--without-pip", prefix]);
    const [lib = ""] = fs.readdirSync(path.join(prefix, "lib"));
    const site = path.join(prefix, "lib", lib, "site-packages");
    fs.writeFileSync(path.join(site, "leaning.py"), "import psutil\n");
    fs.writeFileSync(
      path.join(site, "careful.py"),
      "try:\n    import psutil\nexcept ImportError:\n    psutil = None\n",
    );
    const environment = {
      ...bareEnvironment(),
      source: "own" as const,
      prefix,
      binDirectory: `${prefix}/bin`,
    };
    const result = await runNotebook(
      [
        { source: "import careful; careful.psutil is None" },
        {
          source: `from importlib.metadata import distributions
names = {one.metadata["Name"].replace("-", "_") for one in distributions()}
sorted(names & {"psutil", "matplotlib_inline"})`,
        },
        { source: "import leaning" },
      ],
      { environment },
    );
    expect(executed(result).cells[0]?.outputs).toMatchObject([{ data: { "text/plain": "True" } }]);
    expect(executed(result).cells[1]?.outputs).toMatchObject([
      { data: { "text/plain": "['matplotlib_inline']" } },
    ]);
    expect(result.run.errorTail).toContain("Code cell 3 of 3: ModuleNotFoundError: No module named 'psutil'");
    expect(result.overlayImports).toEqual([]);
  });

  it("runs beside an IPython that is older than its kernel can use", async () => {
    const prefix = path.join(sample.folder, "made");
    execFileSync("python3", ["-m", "venv", "--without-pip", prefix]);
    const [lib = ""] = fs.readdirSync(path.join(prefix, "lib"));
    const site = path.join(prefix, "lib", lib, "site-packages");
    fs.mkdirSync(path.join(site, "IPython"));
    fs.writeFileSync(path.join(site, "IPython", "__init__.py"), "raise RuntimeError('too old')\n");
    fs.mkdirSync(path.join(site, "ipython-2.1.0.dist-info"));
    const own = { source: "own" as const, prefix, binDirectory: `${prefix}/bin` };
    const environment = { ...bareEnvironment(), ...own };
    const result = await runNotebook([{ source: "import IPython; IPython.version_info[0] > 4" }], {
      environment,
    });
    expect(result.run.errorTail).toBe("");
    expect(executed(result).cells[0]?.outputs).toMatchObject([{ data: { "text/plain": "True" } }]);
  });

  it("says that input cannot be given", async () => {
    const result = await runNotebook([{ source: "input('name?')" }]);
    expect(result.run.errorTail).toContain("Code cell 1 of 1: StdinNotImplementedError");
  });

  it("says in which cell the time ran out", async () => {
    const cells = [{ source: "1" }, { source: "import time; time.sleep(60)" }];
    const result = await runNotebook(cells, {}, { timeoutSeconds: 8 });
    expect(result.run).toMatchObject({ timedOut: true, exitCode: 1 });
    expect(result.run.errorTail).toContain("Code cell 2 of 2 was still running");
  });

  it("says in which cell the kernel died", async () => {
    const result = await runNotebook([{ source: "import os; os._exit(3)" }]);
    expect(result.run.exitCode).toBe(1);
    expect(result.run.errorTail).toContain("The kernel died while code cell 1 of 1 ran");
  });

  it("says that a file is no notebook", async () => {
    fs.writeFileSync(path.join(sample.root, "b.ipynb"), "{");
    const result = await runNotebook([], {}, { run: "b.ipynb" });
    expect(result.run.errorTail).toContain("cannot be read");
  });

  it.skipIf(!isolated)("runs in a clean room without a network (needs isolation)", async () => {
    const result = await runNotebook([{ source: "import os; print(os.getcwd(), os.environ['HOME'])" }], {
      scope: "room",
    });
    expect(result.run.errorTail).toBe("");
    expect(executed(result).cells[0]?.outputs).toMatchObject([
      { text: "/home/room/project/notebooks /home/rung\n" },
    ]);
  });
});

it("asks for nbclient where it was not prepared", async () => {
  await expect(runNotebook([], { tools: none })).rejects.toMatchObject({ code: "TOOL_MISSING" });
});
