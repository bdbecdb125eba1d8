import { ToolError } from "../../model/index.ts";
import { cacheDirectory, runProcess } from "../../system/index.ts";
import { indexSettings } from "../index-pages/settings.ts";
import { explainInstallFailure, InstallFailure, relevantLines } from "../install-failure.ts";
import type { Progress } from "../progress.ts";

export interface UvOptions {
  /** Where uv looks for the owner's settings ([tool.uv], uv.toml); none are read where left out. */
  readonly cwd?: string;
  readonly progress: Progress;
  /** The code of the ToolError where uv fails; ENVIRONMENT_FAILED where left out. */
  readonly code?: "ENVIRONMENT_FAILED" | "LOCK_FAILED";
  readonly input?: string;
  /** Puts a command line that may run the project's own build code under confinement. */
  readonly confine?: Confine;
}

/** Given a command line and the folders that it writes to, the command line to start instead. */
export type Confine = (argv: readonly string[], writable: readonly string[]) => readonly string[];

const timeoutMs = 3_600_000;

/**
 * Runs uv with Rung's cache and the owner's index settings, and gives what it printed.
 * Throws ToolError NETWORK_UNAVAILABLE where the index could not be reached, else the code asked for, with uv's own
 * lines; the cause is an InstallFailure, which explainInstallFailure turns into a finding.
 */
export async function runUv(
  uv: string,
  args: readonly string[],
  options: UvOptions,
): Promise<{ readonly stdout: string; readonly stderr: string }> {
  const argv = [uv, ...args];
  const confined = options.confine?.(argv, [cacheDirectory()]) ?? argv;
  const result = await runProcess(confined, {
    cwd: options.cwd ?? "/",
    env: uvEnvironment(options.cwd === undefined),
    timeoutMs,
    ...(options.input === undefined ? {} : { input: options.input }),
    onStderr: (text) => report(text, options.progress),
  });
  const stderr = result.stderr.toString("utf8");
  if (result.exitCode === 0) return { stdout: result.stdout.toString("utf8"), stderr };
  throw failureOf(result.failure ?? stderr, options.code ?? "ENVIRONMENT_FAILED");
}

/** The variables uv gets: the caller's, with Rung's cache and pip's index settings where uv has none of its own. */
function uvEnvironment(withoutSettings: boolean): Record<string, string | undefined> {
  const { VIRTUAL_ENV: _left, CONDA_PREFIX: _out, ...env } = process.env;
  const index = indexSettings();
  const uvNamesIndex = ["UV_DEFAULT_INDEX", "UV_INDEX_URL", "UV_INDEX"].some((name) => env[name]);
  return {
    ...env,
    UV_CACHE_DIR: cacheDirectory("uv"),
    UV_NO_PROGRESS: "1",
    UV_PYTHON_DOWNLOADS: "manual",
    UV_PREVIEW_FEATURES: env["UV_PREVIEW_FEATURES"] ?? "pylock",
    NO_COLOR: "1",
    ...(withoutSettings ? { UV_NO_CONFIG: "1" } : {}),
    ...(uvNamesIndex || index.indexUrl === "https://pypi.org/simple"
      ? {}
      : { UV_DEFAULT_INDEX: index.indexUrl }),
    ...(uvNamesIndex || index.extraIndexUrls.length === 0
      ? {}
      : { UV_INDEX: index.extraIndexUrls.join(" ") }),
    ...(index.certificates === null ? {} : { SSL_CERT_FILE: index.certificates }),
  };
}

function report(text: string, progress: Progress): void {
  for (const line of text.split("\n")) {
    const step = /^\s*((?:Downloading|Building|Resolved|Prepared|Installed) .+)$/u.exec(line)?.[1];
    if (step !== undefined) progress(step);
  }
}

function failureOf(stderr: string, code: "ENVIRONMENT_FAILED" | "LOCK_FAILED"): ToolError {
  const finding = explainInstallFailure(stderr);
  const cause = new InstallFailure(stderr);
  if (finding?.rule === "network") {
    return new ToolError("NETWORK_UNAVAILABLE", finding.message, { cause, hint: finding.fix ?? "" });
  }
  const hint = finding?.fix ?? null;
  return new ToolError(code, relevantLines(stderr), { cause, ...(hint === null ? {} : { hint }) });
}
