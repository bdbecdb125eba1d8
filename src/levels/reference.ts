import { compareOutputs, worstOf } from "../compare/index.ts";
import type { Proof, Run } from "../model/index.ts";
import { sha256 } from "../system/index.ts";
import type { Pass } from "./define.ts";
import type { Subject } from "./subject.ts";

/**
 * Names the outputs that the levels above 0 are compared with. Where the new reference runs give the same outputs as
 * those of the last level 0 proof, its name stays, and so do the proofs that rest on it; otherwise these are stale.
 */
export async function referenceName(subject: Subject, pass: Pass): Promise<string> {
  const earlier = pass.store.latestProofs().get(0);
  if (earlier !== undefined && earlier.referenceDigest !== "" && (await isSame(subject, pass, earlier))) {
    return earlier.referenceDigest;
  }
  return digestOf([...pass.reference.values()]);
}

async function isSame(subject: Subject, pass: Pass, earlier: Proof): Promise<boolean> {
  const runs = new Map<string, Run>();
  for (const id of earlier.runs) {
    const run = pass.store.run(id);
    if (run !== null && !runs.has(run.command)) runs.set(run.command, run);
  }
  if (runs.size !== pass.reference.size) return false;
  for (const [command, run] of pass.reference) {
    const before = runs.get(command);
    if (before === undefined) return false;
    const comparisons = await compareOutputs(before.outputs, run.outputs, {
      command,
      read: (digest) => pass.store.blobs.read(digest),
      rules: subject.project.compareRules,
      workPaths: [subject.project.root],
    });
    if (worstOf(comparisons) === "different") return false;
  }
  return true;
}

function digestOf(runs: readonly Run[]): string {
  const lines = runs.flatMap((run) =>
    run.outputs.map(({ kind, path, digest }) => JSON.stringify([run.command, kind, path, digest])),
  );
  return sha256(lines.toSorted().join("\n"));
}
