import { dirname } from "node:path";
import type { GitState } from "../model/index.ts";
import { decodeName, entryKind, joinPath, type ProcessResult } from "../system/index.ts";
import { openGit, splitNul, type Git } from "./run-git.ts";

/** The paths that Git tracks or has staged below `root`, each once; null where it is no work tree. */
export async function trackedFiles(root: string): Promise<readonly string[] | null> {
  const git = await openGit(root);
  return namesOf(await git("ls-files", "-z"));
}

function namesOf(listing: ProcessResult): readonly string[] | null {
  // A file in conflict is listed once for each side.
  return listing.exitCode === 0 ? [...new Set(splitNul(listing.stdout))] : null;
}

/** What Git says of the tree at `root`, which may lie inside a larger repository; null where it is no work tree. */
export async function readGit(root: string): Promise<GitState | null> {
  if (!mayHoldGit(root)) return null;
  const git = await openGit(root);
  const [listing, status, prefix] = await Promise.all([
    git("ls-files", "-z"),
    git(
      "status",
      "--porcelain=v2",
      "--branch",
      "-z",
      "-uall",
      "--no-renames",
      "--ignore-submodules=all",
      ".",
    ),
    git("rev-parse", "--show-prefix"),
  ]);
  const tracked = namesOf(listing);
  if (tracked === null || status.exitCode !== 0) return null;
  return { ...parseStatus(status.stdout, decodeName(prefix.stdout.subarray(0, -1))), tracked };
}

/** False where no folder on the way up holds a repository, and no variable names one: then nothing has to be started. */
function mayHoldGit(root: string): boolean {
  if (process.env["GIT_DIR"] !== undefined) return true;
  for (let folder = root; ; folder = dirname(folder)) {
    if (entryKind(joinPath(folder, ".git")) !== null) return true;
    if (dirname(folder) === folder) return false;
  }
}

/** Where the repository that holds `root` came from (its remote "origin"); null where it names none. */
export async function originOf(root: string): Promise<string | null> {
  const git = await openGit(root);
  const { exitCode, stdout } = await git("config", "--get", "remote.origin.url");
  const url = stdout.toString("utf8").trim();
  return exitCode === 0 && url !== "" ? url : null;
}

/** Reads `git status --porcelain=v2 --branch -z` (gitformat: git-status(1), "Porcelain Format Version 2"). */
export function parseStatus(status: Buffer, prefix: string): Omit<GitState, "tracked"> {
  let head: string | null = null;
  let branch: string | null = null;
  const modified: string[] = [];
  const untracked: string[] = [];
  const local = (path: string): string => (path.startsWith(prefix) ? path.slice(prefix.length) : path);
  const entries = splitNul(status).values();
  for (const entry of entries) {
    if (entry.startsWith("# branch.oid ")) head = entry.slice(13) === "(initial)" ? null : entry.slice(13);
    else if (entry.startsWith("# branch.head "))
      branch = entry.slice(14) === "(detached)" ? null : entry.slice(14);
    else if (entry.startsWith("? ")) untracked.push(local(entry.slice(2)));
    else if (entry.startsWith("1 ")) modified.push(local(entry.split(" ").slice(8).join(" ")));
    else if (entry.startsWith("u ")) modified.push(local(entry.split(" ").slice(10).join(" ")));
    else if (entry.startsWith("2 ")) {
      // A renamed file, and after its own NUL the name that it had.
      modified.push(local(entry.split(" ").slice(9).join(" ")), local(entries.next().value ?? ""));
    }
  }
  return { head, branch, modified, untracked };
}

/** The most that a patch may hold. */
const patchBytes = 16 << 20;

/** How the tracked files below `root` differ from the commit, as a patch; null where Git refuses, or it is over 16 MiB. */
export async function uncommittedPatch(root: string): Promise<Buffer | null> {
  const git = await openGit(root);
  const words = ["--no-ext-diff", "--no-textconv", "--no-color", "--binary", "--relative", "HEAD", "--", "."];
  const { exitCode, stdout } = await git("diff", ...words);
  return exitCode === 0 && stdout.length <= patchBytes ? stdout : null;
}

/** The commits looked at for one path: enough to come past files that were only moved. */
const commitsBack = 10;

/**
 * The day (YYYY-MM-DD, of its author) on which each path's content was last committed; a commit that only moved the file
 * does not count. "" stands for the last commit of all. Paths that no commit holds are left out.
 */
export async function commitDates(
  root: string,
  paths: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const git = await openGit(root);
  const dates = new Map<string, string>();
  const waiting = [...new Set(paths)];
  const worker = async (): Promise<void> => {
    for (let path = waiting.shift(); path !== undefined; path = waiting.shift()) {
      const date = await lastDate(git, path);
      if (date !== null) dates.set(path, date);
    }
  };
  await Promise.all(Array.from({ length: 4 }, worker));
  return dates;
}

async function lastDate(git: Git, path: string): Promise<string | null> {
  const one = [`:(literal)${path}`];
  // Only files that moved unchanged: telling more takes contents that a partial clone may lack.
  const moves = ["-n", String(commitsBack), "--follow", "-M100%", "--name-status", "--", ...one];
  const plain = path === "" ? ["-n", "1"] : ["-n", "1", "--", ...one];
  for (const listing of path === "" ? [plain] : [moves, plain]) {
    const { exitCode, stdout } = await git("log", "--format=%as", ...listing);
    const date = exitCode === 0 ? lastContentDate(stdout.toString("utf8")) : null;
    if (date !== null) return date;
  }
  return null;
}

/** Of `git log --format=%as --name-status`: the day of the first commit that did more than move the file. */
export function lastContentDate(log: string): string | null {
  let day: string | null = null;
  let moved: string | null = null;
  for (const line of log.split("\n")) {
    if (/^\d{4}-\d\d-\d\d$/u.test(line)) {
      if (day !== null) return day;
      day = line;
    } else if (line.startsWith("R100\t")) {
      moved ??= day;
      day = null;
    }
  }
  return day ?? moved;
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
  const git = await openGit(root);
  for (const step of steps) {
    const result = await git(...step);
    if (result.exitCode !== 0)
      return result.stderr.toString("utf8").trim() || result.stdout.toString("utf8").trim();
  }
  return null;
}

const ownIdentity = ["-c", "user.name=Rung", "-c", "user.email=rung@localhost"];

/** Puts a folder under Git and commits all of it. False where Git is not there, or refuses. */
export async function startRepository(root: string, message: string): Promise<boolean> {
  const git = await openGit(root);
  for (const step of [
    ["init", "-q", "-b", "main"],
    ["add", "-A"],
    [...ownIdentity, "commit", "-q", "-m", message],
  ]) {
    if ((await git(...step)).exitCode !== 0) return false;
  }
  return true;
}
