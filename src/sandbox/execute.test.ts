import { execFileSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { backends, works } from "./detect.ts";
import { executeCommand } from "./execute.ts";
import { bareEnvironment, makeSample, type Sample } from "./sample-request.ts";

const working = new Map<string, boolean>();
for (const backend of backends) working.set(backend.kind, await works(backend));

let sample: Sample;
beforeEach(() => {
  sample = makeSample({
    "make.py":
      "import pathlib\npathlib.Path('out').mkdir(exist_ok=True)\npathlib.Path('out/r.txt').write_text('42\\n')\nprint('done')\n",
    "kept.txt": "kept",
    "old.txt": "old",
  });
});
afterEach(() => {
  delete process.env["RUNG_ISOLATION"];
  delete process.env["RUNG_CACHE"];
  sample.remove();
});

describe.each(backends.map((backend) => backend.kind))("a fresh copy with %s", (kind) => {
  const run = it.skipIf(working.get(kind) !== true);
  const runIsolated = it.skipIf(kind === "none" || working.get(kind) !== true);
  beforeEach(() => {
    process.env["RUNG_ISOLATION"] = kind;
  });

  run("gives files, console and exit code, and leaves the tree alone", async () => {
    const result = await executeCommand(sample.request({ run: "python make.py", outputs: ["out/*.txt"] }));
    expect(result.run.errorTail).toBe("");
    expect(result.run.exitCode).toBe(0);
    expect(result.run.missingOutputs).toEqual([]);
    expect(result.run.outputs.map((output) => `${output.kind} ${output.path} ${output.change}`)).toEqual([
      "file out/r.txt created",
      "stdout  created",
      "exit  created",
    ]);
    expect(sample.text(result, "out/r.txt")).toBe("42\n");
    expect(sample.text(result, "", "stdout")).toBe("done\n");
    expect(fs.readdirSync(sample.root).sort()).toEqual(["kept.txt", "make.py", "old.txt"]);
    expect(result.run.isolation).toMatchObject({ kind, scope: "copy", network: true });
  });

  run("calls a file modified by its mode only where it became executable", async () => {
    const { run } = await executeCommand(sample.request({ run: "chmod 600 kept.txt && chmod 700 old.txt" }));
    const files = run.outputs.filter((output) => output.kind === "file");
    expect(files.map((output) => [output.path, output.change])).toEqual([
      ["kept.txt", "rewritten"],
      ["old.txt", "modified"],
    ]);
  });

  run("tells created, modified, rewritten and deleted apart", async () => {
    const line = [
      "printf new > old.txt",
      "printf kept > kept.txt",
      "rm make.py",
      "ln -s kept.txt link",
      "mkdir empty __pycache__ && echo x > __pycache__/a.pyc",
    ].join(" && ");
    const { run } = await executeCommand(sample.request({ run: line }));
    const files = run.outputs.filter((output) => output.kind === "file");
    expect(files.map((output) => [output.path, output.change, output.symlink])).toEqual([
      ["kept.txt", "rewritten", false],
      ["link", "created", true],
      ["make.py", "deleted", false],
      ["old.txt", "modified", false],
    ]);
  });

  run(
    "leaves an environment that it made out of the outputs, and nothing that is only marked as one",
    async () => {
      const line = [
        "mkdir -p res/conda-meta venv/bin",
        "touch res/pyvenv.cfg venv/pyvenv.cfg",
        "ln -s /usr/bin/python3 venv/bin/python",
        "echo 1 > res/o.txt",
      ].join(" && ");
      const { run } = await executeCommand(sample.request({ run: line }));
      const files = run.outputs.filter((output) => output.kind === "file");
      expect(files.map((output) => output.path)).toEqual(["res/o.txt", "res/pyvenv.cfg"]);
    },
  );

  run("counts a changed mode as modified", async () => {
    const { run } = await executeCommand(sample.request({ run: "chmod +x kept.txt" }));
    expect(run.outputs[0]).toMatchObject({ path: "kept.txt", change: "modified", mode: 0o755 });
  });

  run("reports failures with the last words, and outputs that are not there", async () => {
    const { run } = await executeCommand(
      sample.request({
        run: "echo '\u001b[31mno such luck\u001b[0m' >&2; exit 7",
        outputs: ["result.csv", "x/*"],
      }),
    );
    expect(run).toMatchObject({
      exitCode: 7,
      errorTail: "no such luck",
      missingOutputs: ["result.csv", "x/*"],
    });
  });

  run("quotes arguments, sets variables, closes standard input", async () => {
    const { run } = await executeCommand(
      sample.request(
        { run: 'cat; printf \'%s|\' "$A" "$B"', env: { B: "own" } },
        { variables: { A: "one", B: "two" }, arguments: ["it's", "a b", "$HOME"] },
      ),
    );
    expect(run.exitCode).toBe(0);
    const result = await executeCommand(
      sample.request({ run: "printf '%s|'" }, { arguments: ["it's", "a b", "$HOME"] }),
    );
    expect(sample.text(result, "", "stdout")).toBe("it's|a b|$HOME|");
  });

  run("ends a command at its time limit, with what it started", async () => {
    const started = performance.now();
    const { run } = await executeCommand(sample.request({ run: "sleep 60 & sleep 60", timeoutSeconds: 0.5 }));
    expect(run.timedOut).toBe(true);
    expect(run.errorTail).toContain("time limit of 0.5 s");
    expect(performance.now() - started).toBeLessThan(5000);
  });

  run("lays the outputs of earlier runs over the tree first", async () => {
    const first = await executeCommand(
      sample.request({ run: "mkdir out; echo 1 > out/a; ln -s out/a link; rm old.txt; chmod +x kept.txt" }),
    );
    const second = await executeCommand(
      sample.request(
        { run: "cat out/a link; test ! -e old.txt && test -x kept.txt && echo 1 > out/a" },
        { after: [first.run] },
      ),
    );
    expect(sample.text(second, "", "stdout")).toBe("1\n1\n");
    expect(second.run.outputs.filter((output) => output.kind === "file")).toMatchObject([
      { path: "out/a", change: "rewritten" },
    ]);
  });

  run("says what the shell says where the folder is missing", async () => {
    const { run } = await executeCommand(sample.request({ run: "true", cwd: "nowhere" }));
    expect(run.exitCode).not.toBe(0);
    expect(run.errorTail).toContain("nowhere");
  });

  run("keeps names that are not UTF-8", async () => {
    const name = Buffer.concat([Buffer.from(`${sample.root}/caf`), Buffer.from([0xe9]), Buffer.from(".txt")]);
    fs.writeFileSync(name, "x");
    const { run } = await executeCommand(
      sample.request({
        run: "python -c \"import os;n=os.listdir(b'.');[open(x+b'2','w') for x in n if b'caf' in x]\"",
      }),
    );
    expect(run.errorTail).toBe("");
    expect(run.outputs[0]).toMatchObject({ path: "caf\udce9.txt2", change: "created" });
  });

  runIsolated("is bound at the tree's own path, Git's folder and environments read-only", async () => {
    execFileSync("git", ["init", "-q", sample.root]);
    fs.mkdirSync(path.join(sample.root, ".venv/bin"), { recursive: true });
    fs.writeFileSync(path.join(sample.root, ".venv/pyvenv.cfg"), "home = /usr/bin\n");
    fs.symlinkSync("/usr/bin/python3", path.join(sample.root, ".venv/bin/python"));
    const result = await executeCommand(
      sample.request({
        run: "pwd; ls -a; touch .git/x; touch .venv/x; git status --short | head -1; echo x > here",
      }),
    );
    const [where, ...names] = sample.text(result, "", "stdout").trim().split("\n");
    expect(where).toBe(sample.root);
    expect(names).toEqual(expect.arrayContaining([".git", ".venv", "kept.txt", "?? .venv/"]));
    expect(fs.existsSync(path.join(sample.root, ".git/x"))).toBe(false);
    expect(fs.existsSync(path.join(sample.root, "here"))).toBe(false);
    expect(
      result.run.outputs.filter((output) => output.kind === "file").map((output) => output.path),
    ).toEqual(["here"]);
  });

  runIsolated("cannot change an environment that Rung made, nor Rung's cache", async () => {
    process.env["RUNG_CACHE"] = path.join(sample.folder, "cache");
    const prefix = path.join(sample.folder, "made");
    const kernel = path.join(sample.folder, "cache/kernels/k");
    for (const folder of [prefix, kernel]) fs.mkdirSync(folder, { recursive: true });
    const line = `for f in '${prefix}/x' '${kernel}/x' here; do touch "$f" 2>/dev/null && echo "$f"; done`;
    const made = { ...bareEnvironment(), source: "lock" as const, prefix };
    const result = await executeCommand(sample.request({ run: line }, { environment: made }));
    expect(sample.text(result, "", "stdout")).toBe("here\n");
    const own = { ...made, source: "own" as const };
    const second = await executeCommand(sample.request({ run: line }, { environment: own }));
    expect(sample.text(second, "", "stdout")).toBe(`${prefix}/x\nhere\n`);
  });

  run("leaves no process behind, not even one with a session of its own", async () => {
    const mark = `97${process.pid}.${Math.floor(performance.now())}`;
    const { run } = await executeCommand(sample.request({ run: `setsid sleep ${mark} & sleep 0.2` }));
    expect(run.exitCode).toBe(0);
    const running = execFileSync("ps", ["-eo", "args"], { encoding: "utf8" });
    expect(running).not.toContain(mark);
  });
});
