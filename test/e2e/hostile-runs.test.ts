import { execFileSync, spawnSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import type { Run, Trace } from "../../src/model/index.ts";
import { projectWith, rung } from "../support/cli.ts";
import { running } from "../support/sound-project.ts";

/** What a program does by itself, what it does watched, and what the trace says of it. */
interface Both {
  readonly plain: Result;
  readonly watched: Result;
  readonly run: Run;
  readonly trace: Trace;
}

interface Result {
  readonly stdout: string;
  readonly exitCode: number | null;
  readonly signal: string | null;
  readonly files: Readonly<Record<string, string>>;
}

/** Runs main.py by itself and under `rung run`, each in a tree of its own. */
function both(program: string, options: { readonly temporary?: string; readonly line?: string } = {}): Both {
  const { temporary, line = "exec python3 main.py" } = options;
  using alone = projectWith({ "main.py": program });
  using project = projectWith({ ...running(line), "main.py": program });
  const own = spawnSync("sh", ["-c", line], { cwd: alone.root, encoding: "utf8", maxBuffer: 1 << 28 });
  const env = temporary === undefined ? {} : { TMPDIR: temporary };
  const before = Object.keys(filesOf(project.root));
  const said = rung(["run", "main", project.root, "--quiet"], { env });
  const shown = rung(["trace", "main", project.root, "--json"]);
  const listed = rung(["runs", project.root, "--json"]);
  const [run] = parsed<{ readonly runs: readonly Run[] }>(listed, listed.stdout).runs;
  if (run === undefined) throw new Error(`no run is kept: ${said.stderr}`);
  const left = Object.entries(filesOf(project.root)).filter(([name]) => !before.includes(name));
  return {
    plain: {
      stdout: own.stdout,
      exitCode: own.status,
      signal: own.signal,
      files: Object.fromEntries(Object.entries(filesOf(alone.root)).filter(([name]) => name !== "main.py")),
    },
    watched: {
      stdout: said.stdout,
      exitCode: run.exitCode,
      signal: run.signal,
      files: Object.fromEntries(left),
    },
    run,
    trace: parsed<Trace>(shown, shown.stdout),
  };
}

function parsed<T>(said: { readonly code: number; readonly stderr: string }, text: string): T {
  try {
    return JSON.parse(text) as T;
  } catch {
    throw new Error(`no JSON (exit ${said.code}): ${text.slice(0, 500)}\n${said.stderr.slice(-2000)}`);
  }
}

function filesOf(root: string): Record<string, string> {
  const entries = fs.readdirSync(root, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile() && !entry.parentPath.includes(".rung"));
  return Object.fromEntries(
    files.map((entry) => {
      const file = path.join(entry.parentPath, entry.name);
      return [path.relative(root, file), fs.readFileSync(file, "latin1")];
    }),
  );
}

describe(
  "a run that works against its watcher has the result that it has without",
  { timeout: 120_000 },
  () => {
    test("killed in the middle", () => {
      const { plain, watched, trace } = both(`
import os, signal
print("before", flush=True)
open("out.txt", "w").write("kept")
os.kill(os.getpid(), signal.SIGKILL)
`);
      expect(watched).toEqual(plain);
      expect(plain.signal).toBe("SIGKILL");
      expect(trace.files.find(({ path: file }) => file === "out.txt")?.written).toBe(true);
      expect(trace.coverage.complete).toBe(false);
      expect(trace.coverage.unseen.join("\n")).toContain("the end of 1 process that was killed");
    });

    test("it may write no large file: the rest is not seen", () => {
      const { plain, watched, trace } = both(
        many(
          1000,
          `
import resource, signal
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (64 * 1024, 64 * 1024))
`,
        ),
      );
      expect(watched).toEqual(plain);
      expect(trace.coverage.complete).toBe(false);
      expect(trace.coverage.unseen.join("\n")).toMatch(/limits the size of files/u);
    });

    test("the disk of temporary files is full", (context) => {
      const disk = smallDisk(200);
      if (disk === null) return context.skip("no disk may be mounted here");
      const { plain, watched, run, trace } = both(`${many(1500)}print("x" * 300_000)`, { temporary: disk });
      expect(watched).toEqual(plain);
      expect(trace.coverage.complete).toBe(false);
      expect(trace.files.length).toBeGreaterThan(100);
      expect(trace.coverage.unseen).toContain("what came after the disk of temporary files was full");
      expect(run.circumstances?.notes.join("\n")).toContain("the disk of temporary files was full");
    });

    test("1,000 children", () => {
      const { plain, watched, trace } = both(`
import os
for number in range(1000):
    child = os.fork()
    if child == 0:
        os._exit(number % 7)
    assert os.WEXITSTATUS(os.waitpid(child, 0)[1]) == number % 7
print("all", flush=True)
`);
      expect(watched).toEqual(plain);
      expect(trace.processes.length).toBeGreaterThan(1000);
      expect(trace.coverage.complete).toBe(true);
    });

    test("it clears its environment", () => {
      const { plain, watched, trace } = both(`
import os, subprocess, sys
os.environ.clear()
code = "open('seen.txt', 'w').write('x'); print(1)"
print(subprocess.check_output([sys.executable, "-c", code]))
print(subprocess.check_output([sys.executable, "-c", code.replace("seen", "unseen")], env={}))
os.execve(sys.executable, [sys.executable, "-I", "-c", "print('the end')"], {})
`);
      expect(watched).toEqual(plain);
      const unwatched = trace.processes.filter(({ seenBy }) => seenBy === "none");
      expect(unwatched.length + trace.coverage.unseen.length).toBeGreaterThan(0);
      const saw = (name: string): boolean => trace.files.some(({ path: file }) => file === name);
      // Seen, or known to be unseen: never silently neither.
      if (!saw("unseen.txt")) expect(trace.coverage.blindProcesses.length).toBeGreaterThan(0);
    });

    test("it replaces what a watcher might use, and watches itself", () => {
      const { plain, watched, trace } = both(`
import builtins, os, sys, time
real = open
builtins.open = lambda *a, **k: real(*a, **k)
os.write = os.fstat = os.getpid = time.monotonic_ns = None
seen = []
def hook(event, args):
    if event == "open" and str(args[0]).endswith(".txt"):
        seen.append(args[0])
    if event == "open" and "forbidden" in str(args[0]):
        raise PermissionError("no")
sys.addaudithook(hook)
open("a.txt", "w").close()
try:
    open("forbidden.txt", "w")
except PermissionError as fault:
    print(repr(fault))
for name in list(sys.modules):
    if name not in ("sys", "builtins"):
        del sys.modules[name]
real("b.txt", "w").close()
print(seen)
`);
      expect(watched).toEqual(plain);
      expect(trace.files.map(({ path: file }) => file)).toEqual(expect.arrayContaining(["a.txt", "b.txt"]));
      expect(trace.coverage.unseen.join("\n")).toMatch(/listens to audit events itself/u);
    });
  },
);

/** A program that makes many files that one can tell apart, after some lines. */
function many(files: number, first = ""): string {
  return `${first}
import os
for number in range(${files}):
    with open("file-%05d.txt" % number, "w") as file:
        file.write(str(number))
print("made", ${files}, flush=True)
`;
}

/** A disk of so many KiB, gone after the test; null where none may be mounted. */
function smallDisk(kibibytes: number): string | null {
  const place = projectWith({ "disk/none": "" });
  onTestFinished(() => place[Symbol.dispose]());
  const disk = path.join(place.root, "disk");
  const { status } = spawnSync("mount", ["-t", "tmpfs", "-o", `size=${kibibytes}k`, "rung-test", disk]);
  if (status !== 0) return null;
  onTestFinished(() => void execFileSync("umount", ["-l", disk]));
  return disk;
}
