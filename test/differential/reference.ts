import { spawnSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { findUv, listInterpreters, runUv } from "../../src/environments/index.ts";

/** What the readers are held against, from PyPI. A newer release may well differ: change these and read what fails. */
const readers = ["packaging==26.3", "pip==26.3"];

const here = import.meta.dirname;
const cache = path.resolve(here, "../../node_modules/.cache/rung-tests");
const quiet = (): void => undefined;

/** A Python with the reference implementations in it, made once; or the reason why there is none, to skip by. */
export async function referencePython(
  packages: readonly string[] = readers,
): Promise<{ readonly python: string } | { readonly missing: string }> {
  process.env["RUNG_CACHE"] ??= cache;
  const home = path.join(cache, `reference-${packages.join("-").replace(/==|\[[^\]]*\]/gu, "-")}`);
  const executable = (folder: string): string => path.join(folder, "bin", "python");
  if (fs.existsSync(executable(home))) return { python: executable(home) };
  const interpreter = (await listInterpreters()).find(
    ({ version, implementation }) => implementation === "cpython" && /^3\.1[0-9]\./u.test(version),
  );
  if (interpreter === undefined) return { missing: "no Python from 3.10 is installed" };
  const making = `${home}.${String(process.pid)}`;
  try {
    const uv = await findUv(quiet);
    const said = { progress: quiet, cwd: "/" };
    await runUv(uv, ["venv", "--python", interpreter.executable, making], said);
    await runUv(uv, ["pip", "install", "--python", executable(making), ...packages], said);
  } catch (error) {
    process.stdout.write(`not compared with ${packages.join(" and ")}: ${String(error)}\n`);
    fs.rmSync(making, { recursive: true, force: true });
    return { missing: error instanceof Error ? error.message : String(error) };
  }
  if (fs.existsSync(home)) fs.rmSync(making, { recursive: true, force: true });
  else fs.renameSync(making, home);
  return { python: executable(home) };
}

/** One run of a script beside this file: a question and what it is about as JSON in, its answer as JSON out. */
export function ask<Answer>(
  python: string,
  question: string,
  about: unknown,
  script = "reference.py",
): Answer {
  const result = spawnSync(python, [path.join(here, script), question], {
    input: JSON.stringify(about),
    encoding: "utf8",
    maxBuffer: 1 << 28,
    env: { PATH: process.env["PATH"], PYTHONUTF8: "1" },
  });
  if (result.status !== 0) throw new Error(`${script} ${question}: ${result.stderr}`);
  return JSON.parse(result.stdout) as Answer;
}

/** What two answers to the same inputs differ in, less the differences that are known and explained. */
export function disagreements<Input, Answer>(
  inputs: readonly Input[],
  ours: readonly Answer[],
  theirs: readonly Answer[],
  known: (input: Input) => string | null,
): readonly {
  readonly input: Input;
  readonly ours: Answer | undefined;
  readonly theirs: Answer | undefined;
}[] {
  return inputs.flatMap((input, index) => {
    const [a, b] = [ours[index], theirs[index]];
    return JSON.stringify(a) === JSON.stringify(b) || known(input) !== null
      ? []
      : [{ input, ours: a, theirs: b }];
  });
}

/** Says how much was compared. */
export function tellCount(against: string, what: string, count: number): void {
  process.stdout.write(`${what}: ${String(count)} compared with ${against}\n`);
}
