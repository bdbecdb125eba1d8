import { spawn, type ChildProcess } from "node:child_process";
import fs from "node:fs";
import { writeFailure } from "./files.ts";

export interface ProcessOptions {
  readonly cwd?: string;
  /** The whole environment of the process; the caller's own where left out. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly input?: string | Uint8Array;
  readonly timeoutMs?: number;
  /** Files that take the output instead of memory. */
  readonly stdoutFile?: string;
  readonly stderrFile?: string;
  /** The program shares our terminal: its input, output and errors are ours, and nothing is gathered. */
  readonly inherit?: boolean;
  /** Called with each piece of standard error, for progress. */
  readonly onStderr?: (text: string) => void;
}

export interface ProcessResult {
  /** Null where a signal ended it, or where it could not be started (then `failure` says why). */
  readonly exitCode: number | null;
  readonly signal: string | null;
  readonly timedOut: boolean;
  readonly stdout: Buffer;
  readonly stderr: Buffer;
  readonly durationMs: number;
  readonly failure: string | null;
}

const running = new Set<ChildProcess>();
const graceMs = 2000;

/**
 * Runs a program to its end in a process group of its own, standard input closed unless `input` is given. Throws only
 * where a file for its output cannot be made (DISK_FULL, PATH_UNREADABLE).
 * At the time limit, and when Rung is interrupted, the whole group gets SIGTERM and two seconds later SIGKILL.
 * node:child_process rather than a wrapper: none of those kills the group.
 */
export function runProcess(argv: readonly string[], options: ProcessOptions = {}): Promise<ProcessResult> {
  const started = performance.now();
  const files = [openFor(options.stdoutFile), openFor(options.stderrFile)] as const;
  return new Promise((resolve) => {
    let child: ChildProcess;
    try {
      child = spawn(argv[0] ?? "", argv.slice(1), {
        cwd: options.cwd,
        env: options.env as NodeJS.ProcessEnv | undefined,
        // A program at our terminal stays in our group, so that Ctrl-C and job control reach it as usual.
        detached: options.inherit !== true,
        stdio: options.inherit
          ? "inherit"
          : [options.input === undefined ? "ignore" : "pipe", files[0] ?? "pipe", files[1] ?? "pipe"],
      });
    } catch (error) {
      // A NUL in an argument, or more arguments and variables than the system takes.
      for (const file of files) if (file !== undefined) fs.closeSync(file);
      resolve(notStarted(error instanceof Error ? error.message : String(error)));
      return;
    }
    running.add(child);
    const stdout: Buffer[] = [];
    const stderr: Buffer[] = [];
    let timedOut = false;
    let failure: string | null = null;
    child.stdout?.on("data", (chunk: Buffer) => stdout.push(chunk));
    child.stderr?.on("data", (chunk: Buffer) => {
      stderr.push(chunk);
      options.onStderr?.(chunk.toString("utf8"));
    });
    child.stdin?.on("error", () => {});
    if (options.input !== undefined) child.stdin?.end(options.input);
    const timer =
      options.timeoutMs === undefined
        ? undefined
        : setTimeout(
            () => {
              timedOut = true;
              void endGroup(child);
            },
            Math.min(options.timeoutMs, 2 ** 31 - 1),
          );
    const finish = (exitCode: number | null, signal: string | null): void => {
      clearTimeout(timer);
      running.delete(child);
      killGroup(child, "SIGKILL");
      for (const file of files) if (file !== undefined) fs.closeSync(file);
      resolve({
        exitCode,
        signal,
        timedOut,
        stdout: Buffer.concat(stdout),
        stderr: Buffer.concat(stderr),
        durationMs: performance.now() - started,
        failure,
      });
    };
    child.on("error", (error) => {
      failure = error.message;
      if (child.pid === undefined) finish(null, null);
    });
    child.on("close", finish);
  });
}

function notStarted(failure: string): ProcessResult {
  const nothing = Buffer.alloc(0);
  return { exitCode: null, signal: null, timedOut: false, stdout: nothing, stderr: nothing, durationMs: 0, failure };
}

/** Ends every process that is still running, with its group: for the entry point, when it is interrupted. */
export async function endAllProcesses(): Promise<void> {
  await Promise.all(Array.from(running, endGroup));
}

async function endGroup(child: ChildProcess): Promise<void> {
  killGroup(child, "SIGTERM");
  const end = performance.now() + graceMs;
  while (performance.now() < end && child.exitCode === null && child.signalCode === null) {
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  killGroup(child, "SIGKILL");
}

function killGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined) return;
  try {
    process.kill(-child.pid, signal);
  } catch {
    // The group has ended already.
  }
}

function openFor(file: string | undefined): number | undefined {
  if (file === undefined) return undefined;
  try {
    return fs.openSync(file, "w");
  } catch (error) {
    throw writeFailure(file, error);
  }
}
