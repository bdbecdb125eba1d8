import { spawn, type ChildProcess } from "node:child_process";
import { randomUUID } from "node:crypto";
import fs from "node:fs";
import { writeFailure } from "./files.ts";
import { endMarkedProcesses, processMark } from "./marked-processes.ts";

export interface ProcessOptions {
  readonly cwd?: string;
  /** The whole environment of the process; the caller's own where left out. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly input?: string | Uint8Array;
  readonly timeoutMs?: number;
  /** Files that take the output instead of memory. */
  readonly stdoutFile?: string;
  readonly stderrFile?: string;
  /** The program shares our terminal: its input, errors and output (here to "stdout" or "stderr") are ours, and nothing
   *  is gathered. */
  readonly inherit?: "stdout" | "stderr";
  /** A text of this process's own: it and all that it starts are found by it and ended, whatever group they move to. */
  readonly mark?: string;
  /** How long it may take to end once asked to, before it is killed; two seconds where left out. */
  readonly graceMs?: number;
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

/** How to end each process that runs. */
const running = new Set<() => Promise<void>>();
let ending = false;
const usualGraceMs = 2000;

/**
 * Runs a program to its end in a process group of its own, standard input closed unless `input` is given. Throws only
 * where a file for its output cannot be made (DISK_FULL, PATH_UNREADABLE).
 * At the time limit, and when Rung is interrupted, the whole group gets SIGTERM and, after its grace, SIGKILL.
 * node:child_process rather than a wrapper: none of those kills the group.
 */
export function runProcess(argv: readonly string[], options: ProcessOptions = {}): Promise<ProcessResult> {
  const started = performance.now();
  const files = [openFor(options.stdoutFile), openFor(options.stderrFile)] as const;
  // One in our own group cannot be ended by its group: a mark finds it and what it started.
  const mark = options.mark ?? (options.inherit === undefined ? null : randomUUID());
  return new Promise((resolve) => {
    // On our way out nothing new is begun.
    if (ending) return;
    let child: ChildProcess;
    try {
      child = spawn(argv[0] ?? "", argv.slice(1), {
        cwd: options.cwd,
        env: (mark === null ? options.env : { ...(options.env ?? process.env), [processMark]: mark }) as
          | NodeJS.ProcessEnv
          | undefined,
        // A program at our terminal stays in our group, so that Ctrl-C and job control reach it as usual.
        detached: options.inherit === undefined,
        stdio:
          options.inherit === undefined
            ? [options.input === undefined ? "ignore" : "pipe", files[0] ?? "pipe", files[1] ?? "pipe"]
            : ["inherit", options.inherit === "stderr" ? process.stderr.fd : "inherit", "inherit"],
      });
    } catch (error) {
      // A NUL in an argument, or more arguments and variables than the system takes.
      for (const file of files) if (file !== undefined) fs.closeSync(file);
      resolve(notStarted(error instanceof Error ? error.message : String(error)));
      return;
    }
    const end = (): Promise<void> => endGroup(child, mark, options.graceMs ?? usualGraceMs);
    running.add(end);
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
              void end();
            },
            Math.min(options.timeoutMs, 2 ** 31 - 1),
          );
    const finish = (exitCode: number | null, signal: string | null): void => {
      clearTimeout(timer);
      running.delete(end);
      killGroup(child, "SIGKILL");
      if (options.mark !== undefined) endMarkedProcesses(options.mark);
      // Ended by us on our way out: its end says nothing, and nothing may be concluded from it.
      if (ending) return;
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
  return {
    exitCode: null,
    signal: null,
    timedOut: false,
    stdout: nothing,
    stderr: nothing,
    durationMs: 0,
    failure,
  };
}

/**
 * Ends every process that is still running, with its group: for the entry point, when it is interrupted. Who waits for
 * one of them waits for ever: the caller ends Rung itself.
 */
export async function endAllProcesses(): Promise<void> {
  ending = true;
  await Promise.all(Array.from(running, (end) => end()));
}

async function endGroup(child: ChildProcess, mark: string | null, graceMs: number): Promise<void> {
  // Asked once: a program that cleans up at the first request may end at once at the second.
  if (!killGroup(child, "SIGTERM") && mark !== null) child.kill("SIGTERM");
  const end = performance.now() + graceMs;
  while (performance.now() < end && child.exitCode === null && child.signalCode === null) {
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  killGroup(child, "SIGKILL");
  if (mark === null) return;
  child.kill("SIGKILL");
  endMarkedProcesses(mark);
}

/** False where there is no such group: it has ended, or the child stayed in ours. */
function killGroup(child: ChildProcess, signal: NodeJS.Signals): boolean {
  if (child.pid === undefined) return false;
  try {
    process.kill(-child.pid, signal);
    return true;
  } catch {
    return false;
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
