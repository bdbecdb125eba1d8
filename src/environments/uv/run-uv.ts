import { homedir } from "node:os";
import { dirname } from "node:path";
import { ToolError, type Interpreter } from "../../model/index.ts";
import {
  cacheDirectory,
  isInside,
  joinPath,
  makeDirectory,
  runProcess,
  temporaryDirectory,
  type ProcessOptions,
  type ProcessResult,
} from "../../system/index.ts";
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
  /** Further variables for uv. */
  readonly variables?: Readonly<Record<string, string>>;
  /** Puts a command line that may run the project's own build code under confinement. */
  readonly confine?: Confine | undefined;
  /** What the command line needs under confinement beside uv, its cache and `cwd`: absolute paths. */
  readonly reads?: readonly string[];
  readonly writes?: readonly string[];
  /** The folder whose own code may be built: build backends write into it. */
  readonly builds?: string | null;
}

/** What a command line that may build packages needs of the file system: absolute paths, other than "/". */
export interface BuildNeeds {
  readonly cwd: string;
  readonly reads: readonly string[];
  readonly writes: readonly string[];
  readonly builds: string | null;
  /** An empty folder, kept until the command has ended. */
  readonly scratch: string;
}

/** Given a command line and what it needs, the command line to start instead. */
export type Confine = (argv: readonly string[], needs: BuildNeeds) => readonly string[];

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
  const result = await start([uv, ...args], options, {
    cwd: options.cwd ?? "/",
    env: { ...uvEnvironment(options.cwd === undefined), ...options.variables },
    timeoutMs,
    ...(options.input === undefined ? {} : { input: options.input }),
    onStderr: (text) => report(text, options.progress),
  });
  const stderr = result.stderr.toString("utf8");
  if (result.exitCode === 0) return { stdout: result.stdout.toString("utf8"), stderr };
  if (options.confine !== undefined && /^(?:bwrap|unshare|rung-sandbox): /u.test(stderr)) {
    throw new ToolError("ISOLATION_UNAVAILABLE", `Builds could not be confined: ${stderr.trim()}`, {
      hint: "RUNG_ISOLATION=bubblewrap, unshare or none chooses another way.",
    });
  }
  throw failureOf(result.failure ?? stderr, options.code ?? "ENVIRONMENT_FAILED");
}

function start(argv: readonly string[], options: UvOptions, how: ProcessOptions): Promise<ProcessResult> {
  const { confine, cwd, reads = [], writes = [], builds = null } = options;
  return confine === undefined ? runProcess(argv, how) : within(confine);

  async function within(confine: Confine): Promise<ProcessResult> {
    using scratch = temporaryDirectory("build");
    const packages = packageCache();
    makeDirectory(packages);
    const needs = {
      cwd: cwd ?? "/",
      reads: [...ownersSettings(), ...reads],
      writes: [packages, ...writes],
      builds,
      scratch: scratch.path,
    };
    return await runProcess(confine(argv, needs), how);
  }
}

/**
 * Where uv's cache and all that is made from it lie: one folder, since uv links files from the one to the other, and
 * apart from all else that Rung keeps, since builds may write into it.
 */
export function packageCache(...parts: string[]): string {
  return cacheDirectory("packages", ...parts);
}

/** Files of the owner's that uv itself needs: which index, and whom to trust. */
function ownersSettings(): readonly string[] {
  const { XDG_CONFIG_HOME, UV_CONFIG_FILE, SSL_CERT_DIR } = process.env;
  const config = joinPath(XDG_CONFIG_HOME || joinPath(homedir(), ".config"), "uv", "uv.toml");
  return ["/etc/uv/uv.toml", config, UV_CONFIG_FILE, SSL_CERT_DIR, indexSettings().certificates].filter(
    (file) => typeof file === "string" && file.startsWith("/"),
  ) as string[];
}

/** What no build of a stranger's package should know; credentials for an index (UV_INDEX_NAME_PASSWORD) uv needs. */
function isSecret(name: string): boolean {
  if (name.startsWith("UV_INDEX_")) return false;
  return /(?:^|_)(?:PASSWORD|TOKEN|SECRET|KEY)$/iu.test(name) || name === "SSH_AUTH_SOCK";
}

/** The variables uv gets: the caller's without its secrets, with Rung's cache and pip's index settings where uv has none of its own. */
export function uvEnvironment(withoutSettings: boolean): Record<string, string | undefined> {
  const { VIRTUAL_ENV: _left, CONDA_PREFIX: _out, ...all } = process.env;
  const env = Object.fromEntries(Object.entries(all).filter(([name]) => !isSecret(name)));
  const index = indexSettings();
  const uvNamesIndex = ["UV_DEFAULT_INDEX", "UV_INDEX_URL", "UV_INDEX"].some((name) => env[name]);
  return {
    ...env,
    UV_CACHE_DIR: packageCache("uv"),
    UV_NO_PROGRESS: "1",
    UV_PYTHON_DOWNLOADS: "manual",
    // As pip does: the system's certificate authorities, among them a company's own.
    UV_SYSTEM_CERTS: env["UV_SYSTEM_CERTS"] ?? "1",
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

/** Where an interpreter lies: what it needs to run. */
export function foldersOf({ basePrefix, executable }: Interpreter): readonly string[] {
  return [basePrefix, executable];
}

/** The folders of files that do not lie in the project. */
export function foldersElsewhere(root: string, files: readonly string[]): readonly string[] {
  return files.filter((file) => !isInside(root, file)).map((file) => dirname(file));
}
