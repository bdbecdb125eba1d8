import { posix } from "node:path";
import { seedChanges, type SharedGenerator } from "../../diagnose/index.ts";
import type { Change, CodePlace, Command, Trace } from "../../model/index.ts";
import { joinPath, lookUp, readText } from "../../system/index.ts";

/** Generators that a whole process shares, by the names that a trace has for them. */
const shared: Readonly<Record<string, SharedGenerator>> = {
  random: "random",
  numpy: "numpy.random",
  "numpy.random": "numpy.random",
  torch: "torch",
  tensorflow: "tensorflow",
};

/**
 * What `rung run --seed` did from outside, as a change to the code: the generators that a run was seen to use (`asUsed`
 * "unseeded": without a seed) are seeded in the files that it started. None where the code seeds them itself.
 */
export function liftSeed(
  command: Command,
  trace: Trace,
  seed: number,
  asUsed: "at all" | "unseeded" = "at all",
): Promise<readonly Change[]> {
  const used = trace.generators.flatMap(({ generator, used: isUsed, unseededUse, seeds }) =>
    (asUsed === "unseeded" ? unseededUse : isUsed) && !seeds.some(({ at }) => isOwnSeed(at, trace.root))
      ? (shared[generator] ?? [])
      : [],
  );
  const files = command.kind === "notebook" ? [command.run] : startedFiles(trace);
  return used.length === 0 ? Promise.resolve([]) : seedChanges(trace.root, files, used, seed);
}

/** Whether the code seeds there, rather than a library on its behalf (a loader its workers). Of a notebook's cells it counts as that. */
function isOwnSeed(at: CodePlace | null, root: string): boolean {
  if (at === null || at.cell !== null) return at !== null;
  const found = lookUp(joinPath(root, at.file));
  return (
    found?.isFile !== true ||
    /seed|random_state/iu.test(readText(found.realPath).split("\n")[at.line - 1] ?? "")
  );
}

/** The project's scripts that a Python was started with: `python [options] FILE`. */
function startedFiles({ processes, root }: Trace): readonly string[] {
  const scripts = processes.flatMap(({ argv, cwd, python }) => {
    const script = argv.slice(1).find((word) => !word.startsWith("-"));
    if (python === null || script?.endsWith(".py") !== true) return [];
    const path = posix.relative(root, posix.resolve(cwd, script));
    return path.startsWith("..") ? [] : [path];
  });
  return [...new Set(scripts)];
}
