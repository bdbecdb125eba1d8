import { describe, expect, it } from "vitest";
import { readNotebook } from "./notebook.ts";
import { readPython } from "./python-file.ts";

const read = (text: string) => readPython(Buffer.from(text));

it.each([
  ['subprocess.run([sys.executable, "src/step.py"], check=True)', ["src/step.py"]],
  ['subprocess.run("python src/step.py --fast && python b.py", shell=True)', ["src/step.py", "b.py"]],
  ['os.system("python step.py > log.txt")', ["step.py"]],
  ['runpy.run_path("step.py")', ["step.py"]],
  ['exec(open("step.py").read())', ["step.py"]],
  ['subprocess.run([sys.executable, os.path.join("src", "step.py")])', ["step.py", "src/step.py"]],
  ['cmd = [sys.executable, "step.py"]\nsubprocess.run(cmd)', ["step.py"]],
  ['for name in ["a.py", "b.py"]:\n    subprocess.run([sys.executable, name])', ["a.py", "b.py"]],
  ['print("step.py")\nsubprocess.run(["git", "status"])', []],
])("%j runs %j", async (text, scripts) => {
  const facts = await read(`import os, runpy, subprocess, sys\n${text}\n`);
  expect(facts.scripts.map(({ path }) => path)).toEqual(scripts);
});

it("takes a module that is run as imported", async () => {
  const facts = await read('import subprocess, sys\nsubprocess.run([sys.executable, "-m", "tool.step"])\n');
  expect(facts.imports.at(-1)).toMatchObject({ module: "tool.step", context: "dynamic", line: 2 });
});

it.each([
  ['subprocess.check_call([sys.executable, "-m", "pip", "install", "-q", "six"])', 1],
  ['os.system("pip install six")', 1],
  ['os.system("uv pip install six")', 1],
  ['pip.main(["install", "six"])', 1],
  ['subprocess.run(["pip", "freeze"])', 0],
  ['os.system("pip install --no-index --find-links wheels six")', 0],
  ['print("pip install six")', 0],
])("%j installs (%i)", async (text, count) => {
  const facts = await read(`import os, pip, subprocess, sys\n${text}\n`);
  expect(facts.installs).toHaveLength(count);
});

it("reads what magics and shell lines of a notebook run and install", async () => {
  const source = "%run lib/setup.py\n!python step.py --fast\n%pip install six\nx = 1";
  const { python } = await readNotebook(
    "a.ipynb",
    Buffer.from(
      JSON.stringify({
        cells: [{ cell_type: "code", metadata: {}, outputs: [], execution_count: 1, source }],
        metadata: {},
        nbformat: 4,
        nbformat_minor: 5,
      }),
    ),
  );
  expect(python.scripts.map(({ path }) => path)).toEqual(["lib/setup.py", "step.py"]);
  expect(python.installs.map(({ text }) => text)).toEqual(["%pip install six"]);
});

describe("the use of a value", () => {
  it.each([
    ["sorted(os.listdir(d))", "unordered"],
    ["sorted(f for f in os.listdir(d) if f)", "unordered"],
    ["files = [f for f in os.listdir(d)]\nfiles.sort()", "unordered"],
    ["n = len(glob.glob(p))", "unordered"],
    ["ok = name in os.listdir(d)", "unordered"],
    ["for f in glob.glob(p):\n    os.remove(f)", "unordered"],
    ["for f in glob.glob(p):\n    print(f)", undefined],
    ["files = os.listdir(d)\nprint(files)", undefined],
    ["print(time.time() - start)", "duration"],
    ["start = time.time()\nwork()\nprint(time.time() - start)", "duration"],
    ["print(datetime.datetime.now() - datetime.timedelta(days=1))", undefined],
    ["logging.info('at %s', datetime.datetime.now())", "logged"],
    ["print(datetime.datetime.now())", undefined],
  ])("%j is %s", async (text, use) => {
    const { calls } = await read(`import datetime, glob, logging, os, time\n${text}\n`);
    const noted = calls.find((call) => /listdir|glob\.glob|time\.time|\.now$/u.test(call.name));
    expect(noted?.use).toBe(use);
  });
});

it("knows how a file is opened, and the path of a Path", async () => {
  const { calls } = await read(
    [
      "from pathlib import Path",
      'open("a.txt", "w")',
      'open("b.txt", mode="a")',
      'open("c.txt")',
      'Path("d.txt").write_text("e.txt")',
      'Path("f.txt").open("w")',
      "path.read_text()",
    ].join("\n"),
  );
  const said = calls.filter((call) => call.name !== "pathlib.Path");
  expect(said.map(({ name, literal, mode }) => [name, literal, mode])).toEqual([
    ["open", "a.txt", "w"],
    ["open", "b.txt", "a"],
    ["open", "c.txt", undefined],
    [".write_text", "d.txt", undefined],
    [".open", "f.txt", "w"],
    [".read_text", undefined, undefined],
  ]);
});
