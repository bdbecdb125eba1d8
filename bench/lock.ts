/** `rung lock` beside `uv pip compile`, and an environment that is cached beside `uv pip sync`, in turn, with one uv and
 *  one warm cache of uv's.
 *
 *      node bench/lock.ts [ROUNDS=9]
 *
 *  The goal: uv's own time and at most 200 ms more, each. Both locks must name the same packages. */
import { execFileSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { benchRoom, checkout, commitAll, measureInTurn, numbersGiven, printTable, type Way } from "./time.ts";

const [rounds = 9] = numbersGiven(9);
const room = benchRoom("lock");
const cache = path.join(room, "cache");
const demo = path.join(room, "demo");
const env = {
  RUNG_CACHE: cache,
  UV_CACHE_DIR: path.join(cache, "packages", "uv"),
  UV_PREVIEW_FEATURES: "pylock",
};
const goal = "at most 200 ms more";

const asked = "import sys; print('%d.%d' % sys.version_info[:2])";
const python = execFileSync("python3", ["-c", asked], { encoding: "utf8" }).trim();
fs.cpSync(path.join(checkout, "examples/demo"), demo, { recursive: true });
fs.writeFileSync(path.join(demo, ".python-version"), `${python}\n`);
commitAll(demo);

const rung = path.join(checkout, "rung");
execFileSync(rung, ["lock", "--quiet"], { cwd: demo, env: { ...process.env, ...env }, stdio: "ignore" });
const ours = path.join(demo, "pylock.toml");
const lock = path.join(room, "pylock.toml");
fs.copyFileSync(ours, lock);

const uv = uvInUse();
const settings = path.join(room, "settings");
const theirs = path.join(settings, "pylock.toml");
fs.mkdirSync(settings);
const [major, minor] = python.split(".").map(Number);
fs.writeFileSync(
  path.join(settings, "pyproject.toml"),
  `[tool.uv]\nenvironments = ["python_full_version < '${major}.${(minor ?? 0) + 1}'"]\n`,
);

const compile: readonly Way[] = [
  {
    name: "uv pip compile --generate-hashes",
    // prettier-ignore
    argv: [
      uv, "pip", "compile", "--quiet", "--universal", "--generate-hashes", "--format", "pylock.toml",
      "--python-version", python, "--project", settings, "--output-file", theirs, "requirements.txt",
    ],
    cwd: demo,
    env,
    before: () => fs.rmSync(theirs, { force: true }),
  },
  {
    name: "rung lock",
    argv: [rung, "lock", "--quiet"],
    cwd: demo,
    env,
    before: () => fs.rmSync(ours, { force: true }),
    goal,
  },
];
const compiled = measureInTurn(room, compile, { rounds });
const locked = packagesOf(ours);
if (locked.length === 0 || locked.join() !== packagesOf(theirs).join())
  throw new Error("the two locks name different packages");
printTable(`rung lock: ${locked.length} packages for every platform`, compile, compiled);

const made = path.join(room, "made");
const anew = path.join(room, "anew");
const sync = [uv, "pip", "sync", "--quiet", "--python"] as const;
execFileSync(uv, ["venv", "--quiet", "--python", "python3", made], { env: { ...process.env, ...env } });
const script = `
  import module from "node:module";
  module.enableCompileCache(${JSON.stringify(path.join(room, "compiled"))});
  const { chooseInterpreter, environmentFromLock } = await import(${door("environments")});
  const interpreter = await chooseInterpreter("==${python}.*");
  await environmentFromLock({ lockPath: ${JSON.stringify(lock)}, interpreter }, () => {});`;
const ways: readonly Way[] = [
  { name: "uv pip sync, all there", argv: [...sync, path.join(made, "bin/python"), lock], env },
  {
    name: "uv venv, uv pip sync",
    argv: [
      "sh",
      "-c",
      `"$0" venv --quiet --python python3 "$1" && "$0" pip sync --quiet --python "$1" "$2"`,
      uv,
      anew,
      lock,
    ],
    env,
    before: () => fs.rmSync(anew, { recursive: true, force: true }),
  },
  {
    name: "rung's environment from the lock",
    argv: [process.execPath, "--input-type=module", "-e", script],
    env,
    goal,
  },
];
printTable("a clean room's environment from that lock, cached", ways, measureInTurn(room, ways, { rounds }));

/** The uv that Rung uses: the one named, the one on PATH, or the one that it has fetched. */
function uvInUse(): string {
  const named = process.env["RUNG_UV"];
  if (named !== undefined) return named;
  const fetched = fs.globSync(path.join(cache, "tools", "*", "uv"));
  return fetched[0] ?? "uv";
}

/** The packages that a lock names, with their versions, sorted; Rung's names no files for other Pythons. */
function packagesOf(file: string): readonly string[] {
  const found = fs.readFileSync(file, "utf8").matchAll(/^name = "(.+)"\nversion = "(.+)"/gmu);
  return Array.from(found, ([, name, version]) => `${name} ${version}`).sort();
}

function door(name: string): string {
  return JSON.stringify(new URL(`../src/${name}/index.ts`, import.meta.url).href);
}
