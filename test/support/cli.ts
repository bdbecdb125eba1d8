import { execFileSync, spawnSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import type { Finding, Ladder, Rung } from "../../src/model/index.ts";

const repository = path.resolve(import.meta.dirname, "../..");

export interface Said {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Circumstances {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Words before the command, such as ["unshare", "-n"]. */
  readonly through?: readonly string[];
}

/** The words that start the real command line. */
export const launch: readonly string[] = [process.execPath, path.join(repository, "src/cli/entry.js")];

/** Its environment: a cache that the tests share, no colours. */
export function environmentWith(more: Readonly<Record<string, string>> = {}): NodeJS.ProcessEnv {
  const RUNG_CACHE = path.join(repository, "node_modules/.cache/rung-tests");
  return { ...process.env, RUNG_CACHE, NO_COLOR: "1", VIRTUAL_ENV: undefined, ...more };
}

/** Runs the real command line to its end. */
export function rung(args: readonly string[], options: Circumstances = {}): Said {
  const [program = "", ...words] = [...(options.through ?? []), ...launch, ...args];
  const result = spawnSync(program, words, {
    cwd: options.cwd,
    encoding: "utf8",
    maxBuffer: 1 << 28,
    env: environmentWith(options.env),
  });
  return { code: result.status ?? -1, stdout: result.stdout, stderr: result.stderr };
}

/** The ladder that a command prints with --json. */
export function ladder(args: readonly string[], options: Circumstances = {}): Ladder {
  const said = rung([...args, "--json"], options);
  try {
    return JSON.parse(said.stdout) as Ladder;
  } catch {
    throw new Error(
      `no JSON from rung ${args.join(" ")} (exit ${said.code}):\n${said.stdout}\n${said.stderr}`,
    );
  }
}

export function rungAt(result: Ladder, level: number): Rung {
  const found = result.rungs.find((candidate) => candidate.level === level);
  if (found === undefined) throw new Error(`no rung ${level}`);
  return found;
}

export function rulesAt(result: Ladder, level: number): readonly string[] {
  return rungAt(result, level).findings.map((finding: Finding) => finding.rule);
}

/** A folder with these files, gone when disposed of. Content null makes an empty folder. */
export function projectWith(files: Readonly<Record<string, string>>): {
  readonly root: string;
  [Symbol.dispose](): void;
} {
  const parent = fs.mkdtempSync(path.join(fs.realpathSync(os.tmpdir()), "rung-e2e-"));
  const root = path.join(parent, "project");
  for (const [name, content] of Object.entries(files)) {
    fs.mkdirSync(path.dirname(path.join(root, name)), { recursive: true });
    fs.writeFileSync(path.join(root, name), content);
  }
  return { root, [Symbol.dispose]: () => fs.rmSync(parent, { recursive: true, force: true }) };
}

/** Puts a folder under Git, everything added and committed. */
export function commitAll(root: string): void {
  const git = (...args: string[]): void => {
    execFileSync("git", ["-C", root, "-c", "user.name=Test", "-c", "user.email=test@example.org", ...args], {
      stdio: "pipe",
    });
  };
  git("init", "-q", "-b", "main");
  git("add", "-A");
  git("commit", "-q", "-m", "All of it");
}

/** "3.11": the Python that runs where nothing else is asked for. */
export const pythonMinor = execFileSync(
  "python3",
  ["-c", "import sys; print('%d.%d' % sys.version_info[:2])"],
  { encoding: "utf8" },
).trim();
