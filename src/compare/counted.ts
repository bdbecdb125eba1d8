import type { Output } from "../model/index.ts";
import { matchesGlob } from "./glob.ts";
import { compareNotebookCells } from "./notebook-cells.ts";
import { nameOf, ruleName, type CompareContext } from "./outputs.ts";
import { ruleFor } from "./rules.ts";

export interface IgnoredOutput {
  readonly output: string;
  /** The owner's words; null where the rule gives none. */
  readonly reason: string | null;
}

type Context = Pick<CompareContext, "command" | "rules" | "read">;

/** The outputs of one command's runs that a rule leaves out of their comparison, each once, in order of name. */
export function ignoredOutputs(
  runs: readonly (readonly Output[])[],
  { command, rules }: Pick<Context, "command" | "rules">,
): readonly IgnoredOutput[] {
  const ignored = new Map<string, IgnoredOutput>();
  for (const output of runs.flat()) {
    const rule = ruleFor(ruleName(output, command), rules);
    if (output.kind === "exit" || rule?.ignore !== true) continue;
    const name = nameOf(output, command);
    ignored.set(name, { output: name, reason: rule.reason ?? null });
  }
  return [...ignored.values()].toSorted((one, other) => (one.output < other.output ? -1 : 1));
}

/**
 * Whether a run left anything whose comparison says something: text printed, a file with content, a file changed or
 * deleted, a cell's output; an empty file only where it is a declared output. An exit code is no result.
 */
export async function leavesResult(
  outputs: readonly Output[],
  declared: readonly string[],
  context: Context,
): Promise<boolean> {
  for (const output of outputs) {
    const rule = ruleFor(ruleName(output, context.command), context.rules);
    if (output.kind !== "exit" && rule?.ignore !== true && (await isResult(output, declared, context)))
      return true;
  }
  return false;
}

async function isResult(output: Output, declared: readonly string[], { read }: Context): Promise<boolean> {
  const { kind, digest, change, path } = output;
  if (digest === null) return true;
  if (kind === "notebook") return hasCellOutputs(path, read(digest));
  if (kind === "file" && (output.symlink || change === "modified" || isDeclared(path, declared))) return true;
  return !isBlank(output.size, () => read(digest));
}

async function hasCellOutputs(path: string, content: Uint8Array): Promise<boolean> {
  const settings = { tolerances: [], workPaths: [] };
  const cells = await compareNotebookCells(path, content, content, settings, "run");
  return cells === null || cells.length > 0;
}

function isDeclared(path: string, declared: readonly string[]): boolean {
  return declared.some((pattern) => {
    const plain = pattern.replace(/^(?:\.\/)+/u, "").replace(/\/+$/u, "");
    return matchesGlob(plain, path) || matchesGlob(`${plain}/**`, path);
  });
}

const longestBlank = 1024;

function isBlank(size: number, read: () => Uint8Array): boolean {
  return size === 0 || (size <= longestBlank && Buffer.from(read()).toString("latin1").trim() === "");
}
