import { compareCommitted, summarise } from "../compare/index.ts";
import type { Committed, Comparison, Run } from "../model/index.ts";
import type { Store } from "../store/index.ts";
import { exists, readBytes } from "../system/index.ts";
import type { Subject } from "./subject.ts";

/**
 * The second verdict: does the reference run give what the owner committed? Compared are the tracked files that the run
 * wrote (in a folder without Git: those that were there before), and the stored outputs of notebooks, cell by cell.
 */
export async function committedVerdict(
  subject: Subject,
  runs: Iterable<Run>,
  store: Store,
): Promise<Committed> {
  const { root, git, files } = subject.project;
  const committed = new Set(git === null ? files.map((file) => file.path) : git.tracked);
  const byOutput = new Map<string, readonly Comparison[]>();
  for (const run of runs) {
    const context = { command: run.command, rules: subject.project.compareRules };
    for (const output of run.outputs) {
      if (!committed.has(output.path) || !exists(`${root}/${output.path}`)) continue;
      if (output.kind !== "file" && output.kind !== "notebook") continue;
      const before = readBytes(`${root}/${output.path}`);
      const after = output.digest === null ? null : store.blobs.read(output.digest);
      byOutput.set(
        `${output.kind}:${output.path}`,
        await compareCommitted(output.path, before, after, context),
      );
    }
  }
  const comparisons = [...byOutput.values()].flat();
  const counts = summarise(comparisons);
  return {
    verdict: verdictFor(comparisons.length, counts.different),
    ...counts,
    comparisons: comparisons.filter((comparison) => comparison.verdict !== "identical"),
  };
}

function verdictFor(compared: number, different: number): Committed["verdict"] {
  if (compared === 0) return "nothing to compare";
  if (different === 0) return "reproduced";
  return different === compared ? "not" : "partly";
}

/** The verdict of a project that has not been run. */
export const committedUnknown: Committed = {
  verdict: "unknown",
  compared: 0,
  identical: 0,
  normalised: 0,
  tolerance: 0,
  different: 0,
  comparisons: [],
};
