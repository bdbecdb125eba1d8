import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { listInterpreters } from "../environments/index.ts";
import type { Environment, Interpreter, Trace } from "../model/index.ts";
import { executeCommand, type RunRequest } from "../sandbox/index.ts";
import { hashFile, sha256 } from "../system/index.ts";
import { readTrace } from "./index.ts";
import { deepWatcher, observeSettings } from "./watching.ts";
import { sampleRequest } from "./sample-trace.ts";

const installed = (await listInterpreters()).filter(
  ({ implementation }) => implementation.toLowerCase() === "cpython",
);
const inMinor = (minor: string) =>
  installed.filter(({ version }) => version.startsWith(`${minor}.`)).slice(0, 1);
const pythons = ["3.11", "3.13"].flatMap(inMinor);

function environmentAt(interpreter: Interpreter): Environment {
  const prefix = interpreter.basePrefix;
  return {
    source: "interpreter",
    prefix,
    binDirectory: path.dirname(interpreter.executable),
    interpreter,
    digest: null,
    description: interpreter.version,
    packages: {},
  };
}

async function observe(
  files: Readonly<Record<string, string>>,
  environment: Environment,
  more: Partial<RunRequest> = {},
  run = "python3 a.py",
): Promise<{ trace: Trace; exitCode: number | null; stdout: string }> {
  const folder = fs.mkdtempSync(path.join(fs.realpathSync(os.tmpdir()), "rung-trace-test-"));
  try {
    const root = path.join(folder, "project");
    for (const [name, content] of Object.entries(files)) {
      fs.mkdirSync(path.dirname(path.join(root, name)), { recursive: true });
      fs.writeFileSync(path.join(root, name), content);
    }
    const stored = new Map<string, string>();
    const blobs = {
      put: (bytes: Uint8Array) => sha256(bytes),
      putFile(file: string) {
        const digest = hashFile(file);
        stored.set(digest, fs.readFileSync(file, "utf8"));
        return digest;
      },
      copyTo() {},
    };
    const own = { environment, blobs, root, tree: root, hook: observeSettings(), ...more };
    const request = { ...sampleRequest(folder, { run }), ...own };
    const result = await executeCommand(request);
    const trace = await readTrace(request, result, { git: null });
    const stdout = result.run.outputs.find(({ kind }) => kind === "stdout")?.digest ?? "";
    return { trace, exitCode: result.run.exitCode, stdout: stored.get(stdout) ?? "" };
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

const filesOf = (trace: Trace, area = "tree"): string[] =>
  trace.files
    .filter((file) => file.area === area && file.size !== null)
    .map(({ path: at, read, written }) => `${at} ${read ? "r" : ""}${written ? "w" : ""}`);

const [old] = inMinor("3.7");

test.skipIf(old === undefined)("Python 3.7 has no audit events: draws are seen all the same", async () => {
  if (old === undefined) return;
  const { trace, stdout } = await observe(
    { "a.py": "import random\nopen('out.txt', 'w').write(str(random.random()))\nprint('done')\n" },
    environmentAt(old),
  );
  expect(stdout).toBe("done\n");
  expect(trace.generators.find(({ generator }) => generator === "random")).toMatchObject({
    unseededUse: true,
    draws: [{ at: { file: "a.py", line: 2 } }],
  });
  expect(trace.coverage).toMatchObject({ layers: ["wrappers"], complete: false });
  expect(trace.coverage.unseen.join()).toContain("Python announces them from 3.8 on");
});

describe.each(pythons)("Python $version", (python) => {
  const environment = environmentAt(python);

  test("inputs, outputs and where each is touched, modules of the tree among them", async () => {
    const { trace } = await observe(
      {
        "a.py": "import b\nb.copy('in.txt', 'out.txt')\n",
        "b.py":
          "def copy(a, b):\n    text = open(a).read()\n    with open(b, 'w') as f:\n        f.write(text)\n",
        "in.txt": "hello",
      },
      environment,
    );
    expect(filesOf(trace)).toEqual(["a.py r", "b.py r", "in.txt r", "out.txt w"]);
    const out = trace.files.find((file) => file.path === "out.txt");
    expect(out).toMatchObject({ digest: sha256("hello"), at: { file: "b.py", line: 3, cell: null } });
    expect(trace.coverage).toMatchObject({ complete: true, blindProcesses: [] });
    expect(trace.processes).toMatchObject([{ python: python.version, seenBy: "hook" }]);
  });

  test("workers of multiprocessing are watched, however they are started", async () => {
    const { trace, exitCode } = await observe(
      {
        "a.py": [
          "import multiprocessing as m",
          "def work(n):",
          "    open('in.txt').read()",
          "    open('out%d.txt' % n, 'w').write('x')",
          "if __name__ == '__main__':",
          "    for n, how in enumerate(('fork', 'spawn', 'forkserver')):",
          "        p = m.get_context(how).Process(target=work, args=(n,))",
          "        p.start(); p.join()",
        ].join("\n"),
        "in.txt": "",
      },
      environment,
    );
    expect(exitCode).toBe(0);
    expect(filesOf(trace)).toEqual(["a.py r", "in.txt r", "out0.txt w", "out1.txt w", "out2.txt w"]);
    const writers = trace.files
      .filter(({ path: at }) => at.startsWith("out"))
      .flatMap(({ processes }) => processes);
    expect(new Set(writers).size).toBe(3);
    expect(trace.coverage.blindProcesses).toEqual([]);
  });

  test("a shell, a Python without site and a cleared environment are blind spots, and are said", async () => {
    const { trace, stdout } = await observe(
      {
        "a.py": [
          "import subprocess, sys",
          "print(subprocess.run(['sh', '-c', 'cat in.txt'], capture_output=True, text=True).stdout)",
          "subprocess.run([sys.executable, '-I', '-S', '-c', 'open(\"in.txt\")'])",
          "subprocess.run([sys.executable, '-c', 'open(\"seen.txt\")'], env={})",
        ].join("\n"),
        "in.txt": "from a shell",
        "seen.txt": "",
      },
      environment,
    );
    expect(stdout).toContain("from a shell");
    const blind = trace.processes.filter(({ seenBy }) => seenBy === "none").map(({ argv }) => argv.join(" "));
    expect(blind[0]).toBe("sh -c cat in.txt");
    expect(blind[1]).toMatch(/ -I -S -c /u);
    // Either the hook went along, or the process counts as one that nobody saw.
    expect(filesOf(trace).includes("seen.txt r")).toBe(blind.length === 2);
    expect(filesOf(trace)).not.toContain("in.txt r");
    expect(trace.coverage.unseen).toContain("what the shell and programs other than Python did");
  });

  test("a killed program hands over what it did, and its record is not taken for whole", async () => {
    const { trace, exitCode } = await observe(
      { "a.py": "import os\nopen('in.txt').read()\nos.kill(os.getpid(), 9)\n", "in.txt": "" },
      environment,
    );
    expect(exitCode).toBe(137);
    expect(filesOf(trace)).toContain("in.txt r");
    expect(trace.coverage.complete).toBe(false);
  });

  test("databases of sqlite, and an input that the run itself changed", async () => {
    const { trace } = await observe(
      {
        "a.py":
          "import sqlite3\nc = sqlite3.connect('d.sqlite')\nc.execute('create table t (x)')\nc.commit()\nopen('state.txt', 'r+').write('2')\n",
        "state.txt": "1",
      },
      environment,
    );
    expect(filesOf(trace)).toEqual(["a.py r", "d.sqlite rw", "state.txt rw"]);
    const changed = trace.files.filter(({ changedWhileRunning }) => changedWhileRunning);
    expect(changed.map(({ path: at }) => at)).toEqual(["state.txt"]);
  });
});

const deep = await deepWatcher();
const python = pythons.at(-1);

describe.skipIf("missing" in deep || python === undefined)("with strace", () => {
  const watched = "missing" in deep ? {} : deep;

  test.each(["copy", "room"] as const)("native reads and other programs are seen in a %s", async (scope) => {
    if (python === undefined) return;
    const { trace } = await observe(
      {
        "a.py": [
          "import ctypes, os, subprocess, sys",
          "libc = ctypes.CDLL(None)",
          "libc.close(libc.open(b'native.txt', 0))",
          "subprocess.run(['sh', '-c', 'cat in.txt > out.txt; exit 3'])",
          "subprocess.run([sys.executable, '-I', '-S', '-c', 'open(\"blind.txt\")'], env={})",
          "os.chdir('sub'); os.system('cat deeper.txt')",
        ].join("\n"),
        "native.txt": "",
        "in.txt": "",
        "blind.txt": "",
        "sub/deeper.txt": "",
      },
      environmentAt(python),
      { ...watched, scope },
    );
    expect(filesOf(trace)).toEqual([
      "a.py r",
      "blind.txt r",
      "in.txt r",
      "native.txt r",
      "out.txt w",
      "sub/deeper.txt r",
    ]);
    expect(trace.coverage.layers).toContain("strace");
    const shell = trace.processes.find(({ argv }) => argv[2]?.startsWith("cat in.txt"));
    expect(shell).toMatchObject({ seenBy: "strace", exitCode: 3 });
    const main = trace.processes.find(({ argv }) => argv.at(-1) === "a.py" && argv.length === 2);
    expect(main?.seenBy).toBe("both");
    expect(shell?.parent).toBe(main?.id);
    const cat = trace.files.find(({ path: at }) => at === "in.txt")?.processes[0];
    expect(trace.processes.find(({ id }) => id === cat)?.argv[0]).toBe("cat");
  });
});

test("a program in another language leaves a trace that says that it was not watched", async () => {
  const [any] = installed;
  if (any === undefined) throw new Error("no Python is installed");
  const { trace } = await observe({ "in.txt": "" }, environmentAt(any), {}, "cat in.txt");
  expect(trace.coverage).toMatchObject({ layers: [], complete: false });
  expect(trace.coverage.unseen[0]).toMatch(/^anything:/u);
});
