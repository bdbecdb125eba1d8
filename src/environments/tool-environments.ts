import path from "node:path";
import { compare } from "@renovatebot/pep440";
import { ToolError, type Environment, type Interpreter } from "../model/index.ts";
import { readText, sha256, treeState } from "../system/index.ts";
import { bytecodeArguments, compileForOld } from "./compile.ts";
import { defaultInterpreter, listInterpreters } from "./interpreters/list.ts";
import { madeOnce } from "./made-once.ts";
import type { Progress } from "./progress.ts";
import { realise } from "./realise.ts";
import { findUv } from "./uv/find-uv.ts";
import { runUv } from "./uv/run-uv.ts";

/** The lock of what runs notebooks (Python 3.8 to 3.14), and of the kernel (3.6 to 3.14): requirements with hashes. */
export const notebookLock = lockOf("notebook");
export const kernelLock = lockOf("kernel");

/** Requirements with hashes rather than a pylock: they come from the index that the owner configured. */
function lockOf(tool: "notebook" | "kernel"): string {
  return path.join(import.meta.dirname, "tools", tool, "requirements.txt");
}

const fromLock = (lock: string): readonly string[] => [
  "pip",
  "install",
  "--require-hashes",
  "--no-deps",
  "--only-binary",
  ":all:",
  "--requirements",
  lock,
];

/**
 * Rung's own environment with nbclient, from a committed lock, on the default Python where it serves, else the newest
 * that does (3.10 to 3.14, else 3.8 or 3.9). Nothing of the project is in it.
 * Throws ToolError INTERPRETER_MISSING, ENVIRONMENT_FAILED or NETWORK_UNAVAILABLE.
 */
export async function toolEnvironment(progress: Progress): Promise<Environment> {
  const lock = notebookLock;
  const environment = await realise(
    {
      source: "lock",
      description: "Rung's tools for notebooks",
      interpreter: await interpreterForTools(),
      engine: "uv",
      ingredients: ["notebook tools", sha256(readText(lock))],
      install: fromLock(lock),
      cwd: "/",
    },
    progress,
  );
  return environment;
}

async function interpreterForTools(): Promise<Interpreter> {
  const first = await defaultInterpreter();
  if (first !== null && serves(first, 10)) return first;
  const installed = await listInterpreters();
  const newestFirst = installed.toSorted((a, b) => compare(b.version, a.version));
  const chosen = newestFirst.find((one) => serves(one, 10)) ?? newestFirst.find((one) => serves(one, 8));
  if (chosen !== undefined) return chosen;
  throw new ToolError(
    "INTERPRETER_MISSING",
    "Running notebooks needs a Python from 3.8 to 3.14, and none is installed",
    {
      hint: "Install one (`uv python install 3.13`, pyenv, or the system's package), then run the same again.",
    },
  );
}

function serves({ version, implementation }: Interpreter, oldestMinor: number): boolean {
  const minor = Number(/^3\.(\d+)\.\d+$/u.exec(version)?.[1] ?? -1);
  return implementation === "cpython" && minor >= oldestMinor && minor <= 14;
}

/**
 * A folder with ipykernel and all that it needs for this Python (3.6 to 3.14), from a committed lock. To be put LAST on
 * sys.path, so that the project's own packages come first, its own ipykernel among them.
 * Throws ToolError ENVIRONMENT_FAILED or NETWORK_UNAVAILABLE.
 */
export async function kernelOverlay(interpreter: Interpreter, progress: Progress): Promise<string> {
  const lock = kernelLock;
  const series = interpreter.version.split(".").slice(0, 2).join(".");
  const { folder } = await madeOnce<string>({
    kind: "kernels",
    digest: sha256(JSON.stringify([2, readText(lock), interpreter.implementation, series])),
    progress,
    intact: (made, state) => treeState(made) === state,
    make: async (target) => {
      progress(`fetching the notebook kernel for Python ${series} (once)`);
      const args = [...fromLock(lock), ...bytecodeArguments(interpreter), "--target", target];
      await runUv(await findUv(progress), [...args, "--python", interpreter.executable], {
        progress,
        cwd: "/",
      });
      await compileForOld(interpreter, [target]);
      return treeState(target);
    },
  });
  return folder;
}
