/** Runs a planted program once under a change, and gathers what it left. Linux, as root: each run has namespaces of its own. */
import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { type Change, pinned, unpinned } from "./conditions.ts";
import type { Program } from "./programs.ts";

export interface Tools {
  readonly python: string;
  readonly pins: string;
  /** A folder on a tmpfs, which lists files in the order in which they were made, backwards. */
  readonly place: string;
}

/** What a run left: its exit code, what it printed, and each file that it made or changed, by path. */
export type Outcome = ReadonlyMap<string, string>;

/** One run of a fresh copy, always at the same path unless the change says otherwise. */
export async function run(program: Program, change: Change | "plain", tools: Tools): Promise<Outcome> {
  const how: Change = change === "plain" ? {} : change;
  const tree = path.join(tools.place, how.otherTree === true ? "somewhere/else/copy" : "tree");
  const elsewhere = path.join(tools.place, "elsewhere");
  for (const folder of ["tree", "somewhere", "elsewhere", "tmp", "other-temporary-folder"])
    fs.rmSync(path.join(tools.place, folder), { recursive: true, force: true });
  for (const folder of [
    tree,
    elsewhere,
    path.join(tools.place, "tmp"),
    `${tools.place}/other-temporary-folder`,
  ])
    fs.mkdirSync(folder, { recursive: true });
  const files = copyFiles(program.root, tree, how);
  const env: Record<string, string> =
    change === "plain" ? { ...unpinned } : { ...pinned, LD_PRELOAD: tools.pins };
  Object.assign(env, { TMPDIR: path.join(tools.place, "tmp") }, how.env);
  if (how.askedVariables === true) for (const name of askedFor(tree)) env[name] = "7";
  const { words, cwd } = commandOf(tree, how.otherFolder === true ? elsewhere : null, tools.python, env);
  if (how.askedVariables !== true)
    for (let number = 0; Object.keys(env).length < 24; number += 1) env[`UNUSED_${number}`] = "";
  const shell = [
    "umask 022",
    ...(how.noNetwork === true ? ["ip link set lo up"] : []),
    ...(how.lines ?? []),
    `cd ${cwd}`,
    ...(change === "plain" ? [] : [`echo ${how.lastProcess ?? 1000} > /proc/sys/kernel/ns_last_pid`]),
    '"$@"',
  ].join("\n");
  const loose = change === "plain" || how.looseAddresses === true;
  const spaces = ["--mount", "--uts", ...(how.noNetwork === true ? ["--net"] : [])];
  if (change !== "plain") spaces.push("--pid", "--fork", "--kill-child", "--mount-proc");
  const still = loose ? [] : ["setarch", "x86_64", "-R"];
  const given = Object.entries(env).map(([name, value]) => `${name}=${value}`);
  const line = ["sh", "-ec", shell, "sh", ...(how.before ?? []), ...still, "env", "-i", ...given, ...words];
  const argv = ["unshare", ...spaces, ...line];
  let ended = await start(argv);
  if (how.secondRun === true) ended = await start(argv);
  const outcome = new Map([
    ["exit code", String(ended.code)],
    ["stdout", ended.stdout],
  ]);
  if (ended.code !== 0) outcome.set("stderr", ended.stderr);
  for (const root of [tree, elsewhere])
    for (const file of listFiles(root)) {
      const content = fs.readFileSync(path.join(root, file));
      const digest = createHash("sha256").update(content).digest("hex");
      if (files.get(file) !== digest) outcome.set(file, digest);
    }
  return outcome;
}

/** The names of the outputs in which two runs differ. */
export function differences(first: Outcome, second: Outcome): readonly string[] {
  return [...new Set([...first.keys(), ...second.keys()])].filter(
    (name) => name !== "stderr" && first.get(name) !== second.get(name),
  );
}

/** Copies in one order, with times that follow it; the digest of each file. */
function copyFiles(from: string, to: string, how: Change): ReadonlyMap<string, string> {
  const names = listFiles(from).filter((name) => name !== "truth.json");
  const times = how.reversedTimes === true ? names.toReversed() : names;
  for (const name of how.reversedListing === true ? names.toReversed() : names) {
    const target = path.join(to, name);
    fs.mkdirSync(path.dirname(target), { recursive: true });
    fs.copyFileSync(path.join(from, name), target);
    const seconds = 1_600_000_000 + 1000 * times.indexOf(name) + (how.reversedTimes === true ? 500 : 0);
    fs.utimesSync(target, seconds, seconds);
  }
  return new Map(
    names.map((name) => [
      name,
      createHash("sha256")
        .update(fs.readFileSync(path.join(from, name)))
        .digest("hex"),
    ]),
  );
}

function listFiles(root: string): readonly string[] {
  return fs
    .readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.parentPath.includes("__pycache__"))
    .map((entry) => path.relative(root, path.join(entry.parentPath, entry.name)))
    .sort();
}

/** The variables that the program asks for by a name of its own. */
function askedFor(tree: string): readonly string[] {
  return listFiles(tree).flatMap((file) =>
    Array.from(
      fs.readFileSync(path.join(tree, file), "utf8").matchAll(/(?:environ\.get|getenv)\(\\?"([A-Z_]+)/gu),
      ([, name = ""]) => name,
    ),
  );
}

/** The words that run its command; from another folder with the script's full path. */
function commandOf(
  tree: string,
  elsewhere: string | null,
  python: string,
  env: Record<string, string>,
): { readonly words: readonly string[]; readonly cwd: string } {
  const settings = fs.readFileSync(path.join(tree, "rung.toml"), "utf8");
  const notebook = /^notebook = "(.+)"$/mu.exec(settings)?.[1];
  if (notebook !== undefined) {
    const cells = path.join(import.meta.dirname, "cells.py");
    return { words: [python, cells, path.basename(notebook)], cwd: path.dirname(path.join(tree, notebook)) };
  }
  const [, ...words] = (/^run = "(.+)"$/mu.exec(settings)?.[1] ?? "").split(" ");
  if (elsewhere === null) return { words: [python, ...words], cwd: tree };
  if (words[0] === "-m") env["PYTHONPATH"] = tree;
  return {
    words: [python, ...words.map((word) => (word.endsWith(".py") ? path.join(tree, word) : word))],
    cwd: elsewhere,
  };
}

function start(
  words: readonly string[],
): Promise<{ readonly code: number; readonly stdout: string; readonly stderr: string }> {
  const [program = "", ...args] = words;
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { stdio: ["ignore", "pipe", "pipe"], timeout: 120_000 });
    const said: Record<"stdout" | "stderr", Buffer[]> = { stdout: [], stderr: [] };
    child.stdout.on("data", (chunk: Buffer) => said.stdout.push(chunk));
    child.stderr.on("data", (chunk: Buffer) => said.stderr.push(chunk));
    child.on("error", reject);
    child.on("close", (code) =>
      resolve({
        code: code ?? -1,
        stdout: Buffer.concat(said.stdout).toString("latin1"),
        stderr: Buffer.concat(said.stderr).toString("utf8"),
      }),
    );
  });
}
