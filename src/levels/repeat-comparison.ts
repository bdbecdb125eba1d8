import { compareOutputs, summarise, worstOf } from "../compare/index.ts";
import {
  makeFinding,
  type Command,
  type Comparison,
  type Evidence,
  type Finding,
  type Run,
} from "../model/index.ts";
import { roomTreePath } from "../sandbox/index.ts";
import type { Store } from "../store/index.ts";
import type { Subject } from "./subject.ts";

/** What comparing one command's runs gave. */
export interface CommandComparison {
  readonly comparisons: readonly Comparison[];
  readonly evidence: Evidence;
  readonly findings: readonly Finding[];
}

/** Compares a later run of a command with its reference run; `conditions` says in words how the later one was made. */
export async function compareWithReference(
  subject: Subject,
  command: Command,
  reference: Run,
  later: readonly Run[],
  store: Store,
  conditions: string,
): Promise<CommandComparison> {
  const comparisons: Comparison[] = [];
  for (const run of later) {
    const found = await compareOutputs(reference.outputs, run.outputs, {
      command: command.name,
      read: (digest) => store.blobs.read(digest),
      rules: subject.project.compareRules,
      workPaths: [subject.project.root, roomTreePath(subject.project.root)],
    });
    comparisons.push(...found);
  }
  const same = worstOf(comparisons) !== "different";
  const counts = summarise(comparisons);
  const tally = (["identical", "normalised", "tolerance", "different"] as const)
    .filter((verdict) => counts[verdict] > 0)
    .map((verdict) => `${counts[verdict]} ${verdict}`)
    .join(", ");
  return {
    comparisons,
    evidence: {
      id: `runs:${command.name}`,
      status: same ? "proved" : "failed",
      summary: `${command.name} ${conditions}: ${same ? "same outputs" : "outputs differ"} (${tally || "no outputs"})`,
    },
    findings: same
      ? []
      : comparisons
          .filter((item) => item.verdict === "different")
          .slice(0, 20)
          .map((item) => differs(item, command)),
  };
}

function differs(comparison: Comparison, command: Command): Finding {
  const [first] = comparison.differences;
  const detail =
    first === undefined
      ? ""
      : `; first at ${first.where}: ${JSON.stringify(first.before)} became ${JSON.stringify(first.after)}`;
  return makeFinding(
    "output-differs",
    "error",
    `${comparison.output} of ${command.name} differs between two runs${detail}`,
    {
      file: command.location?.file ?? null,
      line: command.location?.line ?? null,
      why: "Two runs of the same code on the same data gave different results.",
      fix: "Look for unseeded random numbers, clock readings, unordered listings; or say in [[compare]] of rung.toml what may differ, and why.",
    },
  );
}
