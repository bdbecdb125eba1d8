import type { Command, Comparison, Evidence, Finding } from "../model/index.ts";
import type { Pass } from "./define.ts";
import type { Turns } from "./in-turn.ts";
import { compareWithReference } from "./repeat-comparison.ts";
import type { Subject } from "./subject.ts";

/** Each command's run held against its reference run; `label` says in words how the runs were made, `place` where the
 *  project's folder was for them, with nothing of this machine around it. */
export async function judgeRuns(
  subject: Subject,
  pass: Pass,
  commands: readonly Command[],
  turns: Turns,
  label: string,
  place: string | null = null,
): Promise<{
  readonly evidence: readonly Evidence[];
  readonly findings: readonly Finding[];
  readonly comparisons: readonly Comparison[];
}> {
  const evidence: Evidence[] = [];
  const findings: Finding[] = [...turns.findings];
  const comparisons: Comparison[] = [];
  for (const command of commands) {
    const reference = pass.reference.get(command.name);
    const run = turns.runs.get(command.name);
    if (run === undefined || reference === undefined || turns.failed.includes(command.name)) {
      evidence.push({
        id: `runs:${command.name}`,
        status: "failed",
        summary: `${command.name} ${label}: failed`,
      });
      continue;
    }
    const compared = await compareWithReference(subject, command, reference, [run], pass.store, label, place);
    comparisons.push(...compared.comparisons);
    evidence.push(compared.evidence);
    findings.push(...compared.findings);
  }
  return { evidence, findings, comparisons };
}
