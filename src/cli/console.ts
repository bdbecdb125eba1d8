import { paintFor, printable, type Paint } from "../report/index.ts";

/** Where a command prints: the result to standard output, progress to standard error. */
export interface Console {
  readonly json: boolean;
  readonly paint: Paint;
  /** True where a person can be asked. */
  readonly interactive: boolean;
  /** Columns of the screen that takes the result; many where it is no screen. */
  readonly width: number;
  /** True where a progress line is rewritten by the next. */
  readonly rewrites: boolean;
  print(text: string): void;
  progress(message: string): void;
  /** Text for people beside the result: to standard error where the result is JSON. */
  tell(text: string): void;
  /** A word on the side, to standard error. */
  remark(text: string): void;
  /** Ends a progress line that is being rewritten. */
  endProgress(): void;
}

export function openConsole(options: { readonly json: boolean; readonly quiet: boolean }): Console {
  const { stdout, stderr } = process;
  const rewrites = stderr.isTTY === true && !process.env["CI"] && process.env["TERM"] !== "dumb";
  const dim = paintFor(stderr, process.env).dim;
  const started = performance.now();
  let shown = false;
  const endProgress = (): void => {
    if (shown) stderr.write("\r\u001b[K");
    shown = false;
  };
  return {
    json: options.json,
    paint: paintFor(stdout, process.env),
    interactive: process.stdin.isTTY === true && stderr.isTTY === true && !options.json && !process.env["CI"],
    width: stdout.isTTY === true ? stdout.columns || 120 : 160,
    rewrites,
    print(text) {
      endProgress();
      stdout.write(text);
    },
    remark(text) {
      endProgress();
      stderr.write(text);
    },
    tell(text) {
      endProgress();
      (options.json ? stderr : stdout).write(text);
    },
    progress(message) {
      if (options.quiet) return;
      const seconds = ((performance.now() - started) / 1000).toFixed(1).padStart(6);
      const line = dim(
        `${seconds} s  ${printable(message.replaceAll(/\s+/gu, " ")).slice(0, (stderr.columns || 120) - 12)}`,
      );
      stderr.write(rewrites ? `\r\u001b[K${line}` : `${line}\n`);
      shown = rewrites;
    },
    endProgress,
  };
}
