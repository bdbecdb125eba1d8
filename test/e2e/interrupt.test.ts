import { spawn, type ChildProcess } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { environmentWith, ladder, launch, projectWith, rung, rungAt } from "../support/cli.ts";
import { soundProject } from "../support/sound-project.ts";
import { listing } from "../support/untouched.ts";

const timeout = 60_000;

/** A project whose command starts others and never ends; where `planted` is set in its environment, it ends at once. */
function endless(planted: string): {
  readonly files: Readonly<Record<string, string>>;
  readonly token: string;
} {
  const token = `${Math.floor(Math.random() * 1e9) + 1e9}`;
  const main = `import os, subprocess, sys
print("begun", flush=True)
if "${planted}" in os.environ:
    print("done")
    sys.exit()
subprocess.Popen(["sleep", "${token}"], start_new_session=True)
subprocess.run(["sh", "-c", "trap '' INT TERM; sleep ${token}; sleep ${token}"])
`;
  return { files: { ...soundProject, "main.py": main }, token };
}

/** Ids of the processes whose command line holds a token. */
function processesWith(token: string): readonly string[] {
  return fs.readdirSync("/proc").filter((id) => {
    if (!/^\d+$/u.test(id)) return false;
    try {
      return fs.readFileSync(`/proc/${id}/cmdline`, "utf8").includes(token);
    } catch {
      return false;
    }
  });
}

async function until(condition: () => boolean, seconds = 30): Promise<void> {
  const end = performance.now() + seconds * 1000;
  while (!condition()) {
    if (performance.now() > end) throw new Error(`not so within ${seconds} s: ${condition.toString()}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** The files of runs that go on. */
function liveIn(root: string): readonly string[] {
  return fs.readdirSync(path.join(root, ".rung/logs")).filter((name) => name.endsWith(".live.jsonl"));
}

interface Started {
  readonly child: ChildProcess;
  readonly ended: Promise<number | null>;
  stderr: string;
  stdout: string;
}

/** Starts the command line in a process group of its own, so that what we send reaches it alone. */
function start(args: readonly string[], env: Readonly<Record<string, string>>): Started {
  const [program = "", ...words] = [...launch, ...args];
  const child = spawn(program, words, {
    env: environmentWith(env),
    detached: true,
    stdio: ["ignore", "pipe", "pipe"],
  });
  const started: Started = {
    child,
    ended: new Promise((resolve) => child.once("close", resolve)),
    stderr: "",
    stdout: "",
  };
  child.stdout?.on("data", (text: Buffer) => (started.stdout += text.toString()));
  child.stderr?.on("data", (text: Buffer) => (started.stderr += text.toString()));
  return started;
}

/** A project with a folder for temporary files of its own. */
function placeFor(files: Readonly<Record<string, string>>): {
  root: string;
  temporary: string;
  [Symbol.dispose](): void;
} {
  const project = projectWith(files);
  const temporary = path.join(path.dirname(project.root), "temporary");
  fs.mkdirSync(temporary);
  return { root: project.root, temporary, [Symbol.dispose]: () => project[Symbol.dispose]() };
}

// Processes are looked for in /proc.
describe.skipIf(!fs.existsSync("/proc/self/cmdline"))("interrupted (needs /proc)", { timeout }, () => {
  test.each([
    ["during a run at level 0", "SIGINT", {}],
    ["during a run in the clean room", "SIGINT", { PLANTED: "1" }],
    ["where nothing isolates", "SIGINT", { RUNG_ISOLATION: "none" }],
    ["by the system's end", "SIGTERM", {}],
  ] as const)("%s", async (_, signal, env) => {
    const { files, token } = endless("PLANTED");
    using place = placeFor(files);
    const before = listing(place.root);
    const started = start(["prove", "2", place.root], { ...env, TMPDIR: place.temporary });
    await until(() => processesWith(token).length >= 2);
    const at = performance.now();
    started.child.kill(signal);
    expect(await started.ended).toBe(130);
    expect(performance.now() - at).toBeLessThan(3500);
    expect(started.stderr).toContain("interrupted");
    expect(started.stdout).toBe("");
    await until(() => processesWith(token).length === 0, 1);
    expect(fs.readdirSync(place.temporary)).toEqual([]);
    expect(listing(place.root)).toEqual(before);
    const checked = ladder(["check", place.root]);
    expect(rungAt(checked, 0).verdict).toBe("PLANTED" in env ? "met" : "unknown");
  });

  test("while a command runs in place", async () => {
    const { files, token } = endless("PLANTED");
    using place = placeFor(files);
    const started = start(["run", "main", place.root], { TMPDIR: place.temporary });
    await until(() => processesWith(token).length >= 2);
    started.child.kill("SIGINT");
    expect(await started.ended).toBe(130);
    await until(() => processesWith(token).length === 0, 3).finally(() => {
      for (const id of processesWith(token)) process.kill(Number(id), "SIGKILL");
    });
    expect(fs.readdirSync(place.temporary)).toEqual([]);
    // The run is on record, with what it had said.
    expect(rung(["runs", place.root]).stdout).toMatch(/ main +interrupted +\d/u);
    const log = rung(["log", "main", place.root]).stdout;
    expect(log).toContain("begun");
    expect(log).toMatch(/interrupted after \d/u);
    expect(liveIn(place.root)).toEqual([]);
  });

  test("while a command runs in place, killed outright: the next run clears up", async () => {
    const { files, token } = endless("PLANTED");
    using place = placeFor(files);
    const started = start(["run", "main", place.root], { TMPDIR: place.temporary });
    await until(() => processesWith(token).length >= 2);
    started.child.kill("SIGKILL");
    // They hold its output, which ends with them.
    for (const id of processesWith(token)) process.kill(Number(id), "SIGKILL");
    await started.ended;
    expect(liveIn(place.root)).toHaveLength(1);
    expect(rung(["run", "main", place.root], { env: { PLANTED: "1" } }).code).toBe(0);
    expect(liveIn(place.root)).toEqual([]);
  });

  test("killed outright: finished proofs are kept, and the next proof clears up and ends", async () => {
    const { files, token } = endless("PLANTED");
    using place = placeFor(files);
    const started = start(["prove", "2", place.root], { PLANTED: "1", TMPDIR: place.temporary });
    await until(() => processesWith(token).length >= 2);
    started.child.kill("SIGKILL");
    await started.ended;
    await until(() => processesWith(token).length === 0, 5).finally(() => {
      for (const id of processesWith(token)) process.kill(Number(id), "SIGKILL");
    });
    const kept = rungAt(ladder(["check", place.root]), 0);
    expect(kept.verdict).toBe("met");
    const again = ladder(["prove", "0", place.root], { env: { PLANTED: "1", TMPDIR: place.temporary } });
    expect(again.level).toBe(0);
    expect(rungAt(again, 0).provedAt).not.toBe(kept.provedAt);
    expect(fs.readdirSync(place.temporary)).toEqual([]);
  });
});

test("two proofs of one project at once both end well", { timeout }, async () => {
  using place = placeFor(soundProject);
  const both = [1, 2].map(() => start(["prove", "2", place.root, "--json"], { TMPDIR: place.temporary }));
  expect(await Promise.all(both.map(({ ended }) => ended))).toEqual([0, 0]);
  for (const { stdout } of both) expect(JSON.parse(stdout)).toMatchObject({ level: 2 });
  expect(fs.readdirSync(place.temporary)).toEqual([]);
  expect(rung(["status", "--min", "2", place.root]).code).toBe(0);
});
