import fs from "node:fs";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { endAllProcesses, readText, runProcess, temporaryDirectory } from "./index.ts";

let room: ReturnType<typeof temporaryDirectory>;
beforeEach(() => {
  room = temporaryDirectory("process");
});
afterEach(() => room[Symbol.dispose]());

const at = (name: string): string => path.join(room.path, name);
const shell = (line: string, options: Parameters<typeof runProcess>[1] = {}): ReturnType<typeof runProcess> =>
  runProcess(["/bin/sh", "-c", line], { cwd: room.path, ...options });

/** Whether a process is still there, and no zombie. */
function isAlive(pid: number): boolean {
  try {
    return !/\) Z /u.test(fs.readFileSync(`/proc/${pid}/stat`, "utf8"));
  } catch {
    return false;
  }
}

async function pidIn(file: string): Promise<number> {
  while (!fs.existsSync(at(file)) || readText(at(file)) === "")
    await new Promise((resolve) => setTimeout(resolve, 10));
  return Number(readText(at(file)));
}

describe("a process", () => {
  test("gives its output, errors and exit code", async () => {
    const result = await shell("echo out; echo err >&2; exit 3");
    expect(result).toMatchObject({ exitCode: 3, signal: null, timedOut: false, failure: null });
    expect([result.stdout.toString(), result.stderr.toString()]).toEqual(["out\n", "err\n"]);
  });

  test("reads what it is given, else nothing at all", async () => {
    expect((await shell("cat", { input: "given" })).stdout.toString()).toBe("given");
    expect((await shell("cat")).stdout.toString()).toBe("");
    // Its end is not ours: a program that reads nothing of a large input is no error.
    expect((await shell("exit 0", { input: "x".repeat(1 << 20) })).exitCode).toBe(0);
  });

  test("writes to files where asked", async () => {
    await shell("echo out; echo err >&2", { stdoutFile: at("out"), stderrFile: at("err") });
    expect([readText(at("out")), readText(at("err"))]).toEqual(["out\n", "err\n"]);
  });

  test("that cannot be started says why, as a value", async () => {
    const result = await runProcess([at("no-such-program")]);
    expect(result).toMatchObject({ exitCode: null, timedOut: false });
    expect(result.failure).toContain("ENOENT");
  });

  test("that a signal ended says which", async () => {
    expect(await shell("kill -9 $$")).toMatchObject({ exitCode: null, signal: "SIGKILL" });
  });
});

describe.skipIf(process.platform !== "linux")("the group of a process", () => {
  test("ends with it at the time limit, grandchildren included", async () => {
    const result = await shell("(sleep 60 & echo $! > pid; wait) & wait", { timeoutMs: 400 });
    expect(result.timedOut).toBe(true);
    expect(result.durationMs).toBeLessThan(5_000);
    expect(isAlive(await pidIn("pid"))).toBe(false);
  });

  test("is killed where it does not heed the first signal", async () => {
    const result = await shell('trap "" TERM; echo $$ > pid; while :; do sleep 0.1; done', {
      timeoutMs: 200,
    });
    expect(result).toMatchObject({ timedOut: true, exitCode: null, signal: "SIGKILL" });
    expect(isAlive(await pidIn("pid"))).toBe(false);
  });

  test("does not outlive it: what it left behind is ended", async () => {
    const result = await shell("sleep 60 >/dev/null 2>&1 & echo $! > pid");
    expect(result.exitCode).toBe(0);
    const pid = await pidIn("pid");
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(isAlive(pid)).toBe(false);
  });

  // Last: from then on this process starts none.
  test("ends when all of them are ended; who waited for it is told nothing, and nothing new begins", async () => {
    let told = 0;
    void shell("echo $$ > pid; exec sleep 60").then(() => (told += 1));
    const pid = await pidIn("pid");
    await endAllProcesses();
    expect(isAlive(pid)).toBe(false);
    void shell("echo > new").then(() => (told += 1));
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect([told, fs.existsSync(at("new"))]).toEqual([0, false]);
  });
});
