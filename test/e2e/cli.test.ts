import { execFileSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { beforeAll, afterAll, describe, expect, test } from "vitest";
import { commands } from "../../src/cli/commands.ts";
import { ladderSchema } from "../../src/model/schemas.ts";
import { environmentWith, launch, projectWith, rung } from "../support/cli.ts";
import { running, soundProject } from "../support/sound-project.ts";
import { canRun } from "../support/untouched.ts";

const timeout = 60_000;
const names = commands.map(({ name }) => name);
const escape = "\u001b";

describe("help", { timeout }, () => {
  test("of all", () => {
    const said = rung(["--help"]);
    expect(said.code).toBe(0);
    expect(said.stdout).toMatchSnapshot();
    for (const name of names) expect(said.stdout).toContain(`  ${name} `);
    expect(rung(["help"]).stdout).toBe(said.stdout);
  });

  test.each(names)("of %s shows its options and examples", (name) => {
    const said = rung([name, "--help"], { env: { COLUMNS: "100" } });
    expect(said.code).toBe(0);
    expect(said.stdout).toMatchSnapshot();
    expect(said.stdout).toMatch(/Examples:\n {2}\$ .*rung/u);
    expect(said.stderr).toBe("");
  });

  test("of one is the same however it is asked for", () => {
    expect(rung(["help", "prove"]).stdout).toBe(rung(["prove", "--help"]).stdout);
  });
});

describe("what cannot be meant", { timeout }, () => {
  test.each([
    [["chekc"], "unknown command", "check"],
    [["frobnicate"], "unknown command", "rung --help"],
    [["help", "frobnicate"], "unknown command", "rung --help"],
    [["check", "--jsno"], "unknown option '--jsno'", "--json"],
    [["--frobnicate"], "unknown option '--frobnicate'", ""],
    [["check", ".", "another"], "too many arguments", ""],
    [["prove", "9"], '"9" is no level', "0 to 5"],
    [["prove", "7"], "cannot be proved by this release", "0 to 5"],
    [["prove", "0", "-n", "1"], '"1" is no count', "2 to 100"],
    [["check", "--min", "x"], '"x" is no level', "0 to 5"],
    [["status", "--min", "x"], '"x" is no level', "0 to 5"],
    [["lock", "--platform", "plan9"], '"plan9" is no platform', "linux-x86_64"],
    [["run"], "missing required argument", ""],
    [["completion", "tcsh"], '"tcsh" is no shell', "bash, zsh, fish"],
  ])("%j exits with 2 and says what was meant", (words, message, hint) => {
    using project = projectWith(soundProject);
    const said = rung(words, { cwd: project.root });
    expect(said.stderr).toContain(message);
    expect(said.stderr).toContain(hint);
    expect(said.stdout).toBe("");
    expect(said.code).toBe(2);
  });

  test("a command that the project lacks is named, with those that it has", () => {
    using project = projectWith(soundProject);
    const said = rung(["run", "mian", project.root]);
    expect(said.code).toBe(5);
    expect(said.stderr).toContain('no command "mian"');
    expect(said.stderr).toContain("It has main.");
  });
});

test("the version", () => {
  for (const flag of ["--version", "-V"])
    expect(rung([flag])).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/^rung \d+\.\d+\.\d+\n$/u) as string,
    });
});

describe("completion", { timeout }, () => {
  function complete(script: string, ...words: readonly string[]): readonly string[] {
    const set = `COMP_WORDS=(${words.map((word) => `'${word}'`).join(" ")}); COMP_CWORD=${words.length - 1}; _rung; printf '%s\\n' "\${COMPREPLY[@]}"`;
    return execFileSync("bash", ["--norc", "-c", `${script}\n${set}`], {
      encoding: "utf8",
      cwd: path.dirname(import.meta.dirname),
    })
      .trim()
      .split("\n")
      .sort();
  }

  test.skipIf(!canRun("bash", "-c", "true"))("bash accepts the script and completes with it", () => {
    const script = rung(["completion", "bash"]).stdout;
    execFileSync("bash", ["-n"], { input: script });
    expect(complete(script, "rung", "pro")).toEqual(["prove"]);
    expect(complete(script, "rung", "prove", "--rep")).toEqual(["--repeats", "--reproduced"].sort());
    expect(complete(script, "rung", "check", "--ve")).toEqual(["--verbose"]);
    expect(complete(script, "rung", "check", "e2")).toEqual(["e2e"]);
  });

  test.each(["zsh", "fish"])(
    "%s accepts its script (where it is installed), which names every command",
    (shell) => {
      const said = rung(["completion", shell]);
      expect(said.code).toBe(0);
      for (const name of names) expect(said.stdout).toContain(name);
      if (canRun(shell, "-c", "true")) execFileSync(shell, ["-n"], { input: said.stdout });
    },
  );
});

describe("what is printed of a project", { timeout }, () => {
  let project: ReturnType<typeof projectWith>;
  beforeAll(() => {
    project = projectWith(running("python main.py && echo again > result.txt", 'outputs = ["result.txt"]\n'));
    fs.writeFileSync(path.join(project.root, "result.txt"), "another\n");
    expect(rung(["prove", "0", project.root]).code).toBe(0);
  });
  afterAll(() => project[Symbol.dispose]());

  test.each(["status", "check", "prove 0"])("the JSON of %s keeps its contract", (words) => {
    const said = rung([...words.split(" "), project.root, "--json"]);
    const printed = JSON.parse(said.stdout) as unknown;
    expect(ladderSchema.parse(printed)).toEqual(printed);
    expect(printed).toMatchObject({
      schemaVersion: 1,
      level: 0,
      project: { root: project.root },
      committed: { verdict: "not" },
    });
  });

  test("the gates: 0 met, 1 unmet, 4 unknown", () => {
    const gate = (...words: readonly string[]): number => rung(["status", project.root, ...words]).code;
    expect(gate()).toBe(0);
    expect(gate("--min", "0")).toBe(0);
    expect(gate("--min", "1")).toBe(1);
    expect(gate("--min", "0", "--reproduced")).toBe(1);
    using unproved = projectWith(soundProject);
    expect(rung(["check", unproved.root, "--min", "0"]).code).toBe(4);
    expect(rung(["status", unproved.root, "--min", "0"]).code).toBe(4);
  });

  test("a command's own exit code is 3, and its output stays apart from the JSON", () => {
    using failing = projectWith(running("echo said; exit 7"));
    const said = rung(["run", "main", failing.root, "--json"]);
    expect(said.code).toBe(3);
    expect(JSON.parse(said.stdout)).toMatchObject({ exitCode: 7 });
    expect(said.stderr).toContain("said\n");
    expect(rung(["run", "main", failing.root]).stdout).toContain("said\n");
  });

  test("colours are for terminals, where NO_COLOR does not forbid them", () => {
    const piped = rung(["check", project.root], { env: { NO_COLOR: "" } });
    expect(piped.stdout + piped.stderr).not.toContain(escape);
    const proved = rung(["prove", "0", project.root], { env: { NO_COLOR: "" } });
    expect(proved.stdout + proved.stderr).not.toContain(escape);
    const atTerminal = (words: readonly string[], env: Readonly<Record<string, string>>): string =>
      execFileSync(
        "python3",
        [
          "-c",
          "import os, pty, sys; sys.exit(os.waitstatus_to_exitcode(pty.spawn(sys.argv[1:])))",
          ...launch,
          ...words,
          project.root,
        ],
        {
          encoding: "utf8",
          env: environmentWith({ TERM: "xterm", CI: "", ...env }),
        },
      );
    expect(atTerminal(["check"], { NO_COLOR: "" })).toContain(`${escape}[`);
    expect(atTerminal(["check"], { NO_COLOR: "1" })).not.toContain(escape);
    expect(atTerminal(["check", "--json"], { NO_COLOR: "" })).not.toContain(escape);
  });

  test("a pipe that closes early is no error", () => {
    const [node = "", main = ""] = launch;
    const closed = `"$0" "$1" check --json "$2" | head -c 1 > /dev/null; exit "\${PIPESTATUS[0]}"`;
    expect(() =>
      execFileSync("bash", ["-c", closed, node, main, project.root], {
        env: environmentWith(),
        stdio: "pipe",
      }),
    ).not.toThrow();
  });
});
