import { spawn } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import type { Run } from "../../src/model/index.ts";
import { runSchema } from "../../src/model/run.ts";
import { commitAll, environmentWith, launch, projectWith, rung } from "../support/cli.ts";
import { running } from "../support/sound-project.ts";

const timeout = 90_000;

function recordOf(args: readonly string[], env: Readonly<Record<string, string>> = {}): Run {
  const said = rung([...args, "--json"], { env });
  const printed = JSON.parse(said.stdout) as Run;
  return runSchema.parse(printed);
}

describe("what rung run records", { timeout }, () => {
  test("command, words, inputs, outputs, commit, variables; secrets by name alone", () => {
    using project = projectWith({
      ...running("python main.py", "[variables.SCALE]\ndefault = 2\n[variables.KEY]\nsecret = true\n"),
      "main.py":
        'import json, sys\nrows = json.load(open("data.json"))\nopen("out.txt", "w").write(str(sum(rows)))\nprint(sys.argv[1:])\n',
      "data.json": "[1, 2, 3]\n",
    });
    commitAll(project.root);
    fs.appendFileSync(path.join(project.root, "README.md"), "more\n");
    const said = rung(["run", "main", project.root, "--json", "--", "--epochs", "7"], {
      env: { KEY: "hidden" },
    });
    const run = runSchema.parse(JSON.parse(said.stdout));
    const from = run.circumstances;
    expect(from?.words).toEqual(["--epochs", "7"]);
    expect(from?.variables).toEqual([
      { name: "SCALE", value: "2", secret: false },
      { name: "KEY", value: null, secret: true },
    ]);
    expect(said.stdout).not.toContain("hidden");
    expect(from?.git).toMatchObject({
      commit: expect.stringMatching(/^[0-9a-f]{40}$/u),
      modified: ["README.md"],
    });
    expect(from?.inputs).toContainEqual(
      expect.objectContaining({ path: "data.json", role: "data", kept: true }),
    );
    expect(from?.inputs).toContainEqual(
      expect.objectContaining({ path: "main.py", role: "code", kept: true }),
    );
    expect(from?.inputs.map((input) => input.path)).not.toContain("README.md");
    expect(run.outputs.map(({ kind, path: file }) => file || kind)).toEqual(["out.txt", "stdout", "exit"]);
    expect(run.trace).toMatch(/^[0-9a-f]{64}$/u);
    expect(said.stderr).toContain("['--epochs', '7']");
  });

  test("what the command prints passes through as it is, in a pipe, and its exit code counts", () => {
    using project = projectWith({
      ...running("python main.py; exit 3"),
      "main.py":
        "import os, sys\nos.write(1, bytes(range(256)) + b'x' * 100000)\nsys.stderr.write('last, without an end')\n",
    });
    const said = rung(["run", "main", project.root, "--quiet"]);
    expect(said.code).toBe(3);
    expect(said.stdout).toContain("x".repeat(100_000));
    expect(said.stderr).toContain("last, without an end");
  });

  test("a file that a run writes over is kept as it was before", () => {
    using project = projectWith({
      ...running("python main.py"),
      "main.py": 'n = int(open("count.txt").read())\nopen("count.txt", "w").write(str(n + 1))\nprint(n)\n',
      "count.txt": "1",
    });
    const [one, other] = [recordOf(["run", "main", project.root]), recordOf(["run", "main", project.root])];
    const found = rung(["why", one.id, other.id, "./", "--quiet"], { cwd: project.root });
    expect(found.stdout).toContain("data: count.txt");
    expect(found.stdout).toContain("with this alone of");
    expect(fs.readFileSync(path.join(project.root, "count.txt"), "utf8")).toBe("3");
  });
});

const drawing =
  "import logging, random, sys, warnings\nlogging.basicConfig()\nlogging.getLogger('train').warning('careful %d', 3)\nwarnings.warn('odd')\nprint(random.random(), len({str(i) for i in range(9)}), list({'a', 'b', 'c', 'd'}))\n";

describe("rung run --seed", { timeout }, () => {
  test("gives the same numbers and order each time, and stands in record and log", () => {
    using project = projectWith({ ...running("python main.py"), "main.py": drawing });
    const [one, other, free] = [["--seed", "7"], ["--seed", "7"], []].map((words) =>
      rung(["run", "main", project.root, "--quiet", ...words]),
    );
    expect(one?.stdout).toBe(other?.stdout);
    expect(one?.stdout).not.toBe(free?.stdout);
    const listed = rung(["runs", project.root]).stdout.split("\n");
    expect(listed[2]).toMatch(/ main +0 .* 7 +- +same$/u);
    const log = rung(["log", listed[2]?.slice(0, 8) ?? "", "./"], { cwd: project.root }).stdout;
    expect(log).toContain("# seed 7");
    expect(log).toContain("random seeded with 7");
  });

  test("names generators that it cannot reach, and with --force-seed where they are", () => {
    using project = projectWith({
      ...running("python main.py"),
      "main.py": "import random\nmine = random.Random()\nprint(mine.random())\n",
    });
    const plain = rung(["run", "main", project.root, "--seed", "7"]);
    expect(plain.stderr).toContain("main.py:2");
    expect(plain.stderr).toContain("--force-seed");
    const forced = ["run", "main", project.root, "--seed", "7", "--force-seed", "--quiet"];
    expect(rung(forced).stdout).toBe(rung(forced).stdout);
    expect(rung(["log", "main", project.root]).stdout).toMatch(
      /random\.Random was made without a seed, and got \d+ {2}\(main\.py:2\)/u,
    );
  });

  test("offers the same as a change to the code, which then needs no option", () => {
    using project = projectWith({
      ...running("python main.py"),
      "main.py": "import random\n\nprint(random.random())\n",
    });
    const seeded = rung(["run", "main", project.root, "--seed", "7", "--patch"]);
    expect(seeded.stderr).toContain("random.seed(7)");
    expect(fs.readFileSync(path.join(project.root, "main.py"), "utf8")).not.toContain("seed");
    rung(["run", "main", project.root, "--seed", "7", "--patch", "--yes"]);
    expect(rung(["run", "main", project.root, "--quiet"]).stdout).toBe(seeded.stdout);
  });

  test.each([
    [["--seed", "x"], "is no seed"],
    [["--seed", "99999999999"], "is no seed"],
    [["--force-seed"], "needs a seed"],
  ])("%j is refused", (words, message) => {
    using project = projectWith(running("python main.py"));
    expect(rung(["run", "main", project.root, ...words])).toMatchObject({
      code: 2,
      stderr: expect.stringContaining(message) as string,
    });
  });
});

describe("rung log", { timeout }, () => {
  test("shows streams, logging and warnings with their place, and filters", () => {
    using project = projectWith({ ...running("python main.py"), "main.py": drawing });
    rung(["run", "main", project.root, "--quiet"]);
    const log = (...words: readonly string[]): string => rung(["log", "main", project.root, ...words]).stdout;
    expect(log()).toMatch(/WARNING +logging +train: careful 3 {2}\(main\.py:3\)/u);
    expect(log()).toMatch(/WARNING +warning +UserWarning: odd {2}\(main\.py:4\)/u);
    expect(log()).toMatch(/INFO +rung +ended after .* exit code 0/u);
    expect(log("--level", "warning")).not.toContain("stdout");
    expect(log("--source", "stdout").trimEnd().split("\n")).toHaveLength(4);
    expect(log("--grep", "CAREFUL")).toContain("careful 3");
    expect(JSON.parse(log("--json"))).toMatchObject({ head: { command: "main", seed: null } });
    expect(rung(["log", "main", project.root, "--level", "loud"]).code).toBe(2);
    const [file] = fs.readdirSync(path.join(project.root, ".rung/logs"));
    expect(file).toMatch(/\.log$/u);
  });

  test("a traceback is an error, to the line that names the exception", () => {
    using project = projectWith({
      ...running("python main.py"),
      "main.py": "print('a')\nraise KeyError('gone')\n",
    });
    expect(rung(["run", "main", project.root, "--quiet"]).code).toBe(3);
    const said = rung(["log", "main", project.root, "--level", "error"]).stdout;
    expect(said).toContain("KeyError: 'gone'");
    expect(said).toContain("ended after");
  });

  test("of two runs: the first line that differs, with what stands around it", () => {
    using project = projectWith({
      ...running("python main.py"),
      "main.py":
        "import sys, time\nprint('started at', time.strftime('%Y-%m-%d %H:%M:%S'))\nprint('epoch 1')\nprint('loss', sys.argv[1])\nprint('end')\n",
    });
    const ids = ["0.5", "0.5", "0.7"].map((word) => {
      const said = rung(["run", "main", project.root, "--json", "--", word]);
      return (JSON.parse(said.stdout) as Run).id.slice(0, 8);
    });
    const compare = (a = "", b = ""): ReturnType<typeof rung> => rung(["log", a, b], { cwd: project.root });
    expect(compare(ids[0], ids[1]).code).toBe(0);
    const found = compare(ids[0], ids[2]);
    expect(found.code).toBe(1);
    expect(found.stdout).toContain("first difference: line 3 of stdout");
    expect(found.stdout).toMatch(/A .*loss 0\.5\n +B .*loss 0\.7/u);
    expect(found.stdout).toContain("epoch 1");
  });

  test("follows a run that goes on", async () => {
    using project = projectWith({
      ...running("python -u main.py"),
      "main.py": "import time\nfor n in range(30):\n    print('step', n)\n    time.sleep(0.1)\n",
    });
    const [program = "", ...words] = [...launch, "run", "main", project.root, "--quiet"];
    const going = spawn(program, words, { env: environmentWith(), stdio: ["ignore", "pipe", "ignore"] });
    await new Promise((resolve) => going.stdout.once("data", resolve));
    const followed = rung(["log", "main", project.root, "--follow"]).stdout;
    expect(followed).toContain("step 0\n");
    expect(followed).toContain("step 29\n");
  });

  test("names what is kept where nothing of that name is", () => {
    using project = projectWith(running("python main.py"));
    expect(rung(["log", "main", project.root])).toMatchObject({
      code: 5,
      stderr: expect.stringContaining("UNKNOWN_RUN") as string,
    });
  });
});

describe("rung repeat", { timeout }, () => {
  test("gives a verdict for each output and what equal runs make sure of", () => {
    using project = projectWith(running("python main.py"));
    const said = rung(["repeat", "main", project.root, "-n", "3", "--jobs", "2", "--json"]);
    expect(said.code).toBe(0);
    expect(JSON.parse(said.stdout)).toMatchObject({
      verdict: "same",
      runs: 3,
      outputs: [{ output: "exit" }, { output: "stdout", verdict: "identical", counts: { identical: 2 } }],
    });
    expect(rung(["repeat", "main", project.root, "-n", "1"]).code).toBe(2);
  });

  test("says in how many runs an output differs, and where to ask why", () => {
    using project = projectWith({
      ...running("python main.py"),
      "main.py": "import random\nprint(random.random())\n",
    });
    const said = rung(["repeat", "main", project.root, "-n", "3"]);
    expect(said.code).toBe(1);
    expect(said.stdout).toContain("stdout  different in 2 of 2");
    expect(said.stdout).toContain("rung why main");
  });

  test("a command that fails is not run again", () => {
    using project = projectWith(running("python nothing.py"));
    const said = rung(["repeat", "main", project.root, "-n", "5"]);
    expect(said.code).toBe(3);
    expect(said.stdout).toContain("1 run ");
  });
});
