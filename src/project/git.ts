import type { GitState } from "../model/index.ts";
import { decodeName, runProcess } from "../system/index.ts";

/** Settings of a repository that could run programs of its choosing are switched off: the project is not trusted. */
const safeGit = [
  "git",
  "-c",
  "safe.directory=*",
  "-c",
  "core.fsmonitor=false",
  "-c",
  "core.hooksPath=/dev/null",
];

async function git(root: string, ...args: string[]): Promise<Buffer | null> {
  const result = await runProcess([...safeGit, "-C", root, ...args], {
    env: { ...process.env, GIT_OPTIONAL_LOCKS: "0", LC_ALL: "C" },
    timeoutMs: 60_000,
  });
  return result.exitCode === 0 ? result.stdout : null;
}

/** The paths that Git tracks or has staged below `root`, or null where it is no work tree. */
export async function trackedFiles(root: string): Promise<readonly string[] | null> {
  const listing = await git(root, "ls-files", "-z");
  return listing === null ? null : splitNul(listing);
}

/** What Git says of the tree at `root`, which may lie inside a larger repository; null where it is no work tree. */
export async function readGit(root: string): Promise<GitState | null> {
  const [tracked, status, prefix] = await Promise.all([
    trackedFiles(root),
    git(
      root,
      "status",
      "--porcelain=v2",
      "--branch",
      "-z",
      "-uall",
      "--no-renames",
      "--ignore-submodules=all",
      ".",
    ),
    git(root, "rev-parse", "--show-prefix"),
  ]);
  if (tracked === null || status === null) return null;
  const state = parseStatus(status, decodeName((prefix ?? Buffer.alloc(0)).subarray(0, -1)));
  return { ...state, tracked };
}

/** Reads `git status --porcelain=v2 --branch -z` (gitformat: git-status(1), "Porcelain Format Version 2"). */
export function parseStatus(status: Buffer, prefix: string): Omit<GitState, "tracked"> {
  let head: string | null = null;
  let branch: string | null = null;
  const modified: string[] = [];
  const untracked: string[] = [];
  const local = (path: string): string => (path.startsWith(prefix) ? path.slice(prefix.length) : path);
  for (const entry of splitNul(status)) {
    if (entry.startsWith("# branch.oid ")) head = entry.slice(13) === "(initial)" ? null : entry.slice(13);
    else if (entry.startsWith("# branch.head "))
      branch = entry.slice(14) === "(detached)" ? null : entry.slice(14);
    else if (entry.startsWith("? ")) untracked.push(local(entry.slice(2)));
    else if (entry.startsWith("1 ")) modified.push(local(entry.split(" ").slice(8).join(" ")));
    else if (entry.startsWith("u ")) modified.push(local(entry.split(" ").slice(10).join(" ")));
  }
  return { head, branch, modified, untracked };
}

function splitNul(bytes: Buffer): string[] {
  const parts: string[] = [];
  for (let start = 0, end = bytes.indexOf(0); end >= 0; start = end + 1, end = bytes.indexOf(0, start)) {
    parts.push(decodeName(bytes.subarray(start, end)));
  }
  return parts;
}

/** Stages files; with a message, commits them alone. Returns what Git said where it refused, else null. */
export async function stageFiles(
  root: string,
  paths: readonly string[],
  message: string | null,
): Promise<string | null> {
  const steps = [
    ["add", "--", ...paths],
    ...(message === null ? [] : [["commit", "-m", message, "--", ...paths]]),
  ];
  for (const step of steps) {
    const result = await runProcess([...safeGit, "-C", root, ...step], { timeoutMs: 60_000 });
    if (result.exitCode !== 0)
      return result.stderr.toString("utf8").trim() || result.stdout.toString("utf8").trim();
  }
  return null;
}

const ownIdentity = ["-c", "user.name=Rung", "-c", "user.email=rung@localhost"];

/** Puts a folder under Git and commits all of it. False where Git is not there, or refuses. */
export async function startRepository(root: string, message: string): Promise<boolean> {
  for (const step of [
    ["init", "-q", "-b", "main"],
    ["add", "-A"],
    [...ownIdentity, "commit", "-q", "-m", message],
  ]) {
    if ((await git(root, ...step)) === null) return false;
  }
  return true;
}
