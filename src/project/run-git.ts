import { decodeName, runProcess, type ProcessResult } from "../system/index.ts";

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
const timeoutMs = 60_000;

/** Settings that name programs for Git to run on files or commits, under names that the repository chooses. */
const naming = String.raw`^(filter\..*|lfs\.extension\..*|gpg(\..*)?\.program|core\.(sshcommand|gitproxy)|remote\..*\.vcs)$`;

type Environment = Readonly<Record<string, string | undefined>>;

/** Runs Git with these arguments on one tree. */
export type Git = (...args: string[]) => Promise<ProcessResult>;

/**
 * Git on the tree at `root`. Nothing that the repository's own settings name is run (filters, hooks, monitors,
 * transports); the owner's settings (of the user and the system) hold as usual.
 */
export async function openGit(root: string): Promise<Git> {
  const env: Environment = {
    ...process.env,
    GIT_OPTIONAL_LOCKS: "0",
    LC_ALL: "C",
    GIT_ALLOW_PROTOCOL: "none",
  };
  const listing = ["config", "--show-scope", "--name-only", "-z", "--get-regexp", naming];
  const { stdout } = await runProcess([...safeGit, "-C", root, ...listing], { env, timeoutMs });
  const words = splitNul(stdout);
  const own = words.filter(
    (_, index) => /^(local|worktree)$/u.test(words[index - 1] ?? "") && index % 2 === 1,
  );
  const safe = { ...env, ...emptied([...new Set(own)], Number(process.env["GIT_CONFIG_COUNT"] ?? 0) || 0) };
  return (...args) => runProcess([...safeGit, "-C", root, ...args], { env: safe, timeoutMs });
}

/** Settings as Git takes them from its environment, after the `first` that are there already. */
function emptied(names: readonly string[], first: number): Environment {
  const pairs = names.flatMap((name, index) => [
    [`GIT_CONFIG_KEY_${first + index}`, name],
    [`GIT_CONFIG_VALUE_${first + index}`, name.endsWith(".required") ? "false" : ""],
  ]);
  return names.length === 0
    ? {}
    : { ...Object.fromEntries(pairs), GIT_CONFIG_COUNT: String(first + names.length) };
}

/** The strings that a NUL ends each, file names in any encoding. */
export function splitNul(bytes: Buffer): string[] {
  const parts: string[] = [];
  for (let start = 0, end = bytes.indexOf(0); end >= 0; start = end + 1, end = bytes.indexOf(0, start)) {
    parts.push(decodeName(bytes.subarray(start, end)));
  }
  return parts;
}
