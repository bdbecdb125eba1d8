import type { Comparison, Evidence, Finding, Run } from "../model/index.ts";
import { findPractices } from "../practices/index.ts";
import { committedVerdict } from "./committed.ts";
import { commitEvidence, environmentEvidence, isolationEvidence, repeatsEvidence } from "./conditions.ts";
import { claimed, defineLevel, missing, verdictOf, type Check, type Pass, type ProofBody } from "./define.ts";
import { environmentOfOwner } from "./environment-choice.ts";
import { executeAll, type Execution } from "./execution.ts";
import { liftCellOrder } from "./lifts/cell-order.ts";
import { reachableSources } from "../inference/index.ts";
import { compareWithReference } from "./repeat-comparison.ts";
import { noProof } from "./room.ts";
import { nothingToRun } from "./requirements/something-to-run.ts";
import type { Subject } from "./subject.ts";
import { observedFindings } from "./trace-findings.ts";
import { answerVariables, ownerVariables } from "./variables.ts";

/** Level 0: every command runs n times in fresh copies of the tree, in the owner's environment, with the same outputs. */
export const repeatable = defineLevel({
  order: 0,
  title: "repeatable here, today, by its owner",
  dependsOn: [
    "your environment and everything else on this machine stay as they are",
    "you remember which commands to run, and in which environment",
  ],
  requires,
  prove,
  lift: liftCellOrder,
});

function requires(subject: Subject): readonly Check[] {
  const { commands } = subject.project;
  if (commands.length > 0) {
    const guessed = commands.filter((command) => command.origin === "guessed").length;
    const how = guessed > 0 ? `, ${guessed} of them guessed` : "";
    return [
      {
        evidence: claimed("commands", `${commands.length} to run${how}`),
        findings: [...notebookFindings(subject), ...findPractices(reachableSources(subject))],
      },
    ];
  }
  const broken = subject.project.findings.find(
    ({ rule, severity }) => rule.startsWith("config-") && severity === "error",
  );
  if (broken !== undefined) {
    const summary = `${broken.file ?? "the configuration"} cannot be followed: ${broken.message}`;
    return [{ evidence: missing("commands", summary), findings: [] }];
  }
  const evidence = missing("commands", "no command, notebook or script was found");
  return [{ evidence, findings: [nothingToRun()] }];
}

function notebookFindings(subject: Subject): readonly Finding[] {
  const notebooks = subject.project.commands.filter((command) => command.kind === "notebook");
  return notebooks.flatMap((command) => {
    const facts = subject.sources.get(command.run);
    return facts?.kind === "notebook" ? facts.findings : [];
  });
}

async function prove(subject: Subject, pass: Pass): Promise<ProofBody> {
  const { project } = subject;
  if (project.commands.length === 0)
    return noProof(
      requires(subject).flatMap((check) => check.findings),
      "unknown",
    );
  const { unanswered, findings: unsaid } = answerVariables(
    project.config.variables,
    process.env,
    project.configFile,
  );
  if (unanswered.length > 0) return noProof(unsaid, "unknown");
  const choice = await environmentOfOwner(subject, pass.progress);
  if (choice.environment === null) return noProof(choice.findings, "unknown");
  const { environment } = choice;
  pass.environment = environment;
  const executions: Execution[] = [];
  for (let run = 1; run <= pass.repeats; run += 1) {
    const execution = await executeAll({
      commands: project.commands,
      subject,
      tree: project.root,
      scope: "copy",
      environment,
      variables: ownerVariables(project.config.variables, process.env),
      network: () => true,
      store: pass.store,
      workDirectory: pass.workDirectory,
      progress: pass.progress,
      record: true,
      label: `run ${run} of ${pass.repeats}`,
    });
    executions.push(execution);
    if (execution.failed.length > 0) break;
  }
  const results = await judgeRepeats(subject, executions, pass);
  const [first] = executions;
  const reference = [...(first?.runs.values() ?? [])];
  for (const run of reference) pass.reference.set(run.command, run);
  const conditions = [
    environmentEvidence(environment),
    ...isolationEvidence(first?.isolation ?? null),
    ...(results.evidence.every((item) => item.status === "proved")
      ? [repeatsEvidence(executions.length)]
      : []),
    ...commitEvidence(subject),
  ];
  const code = requires(subject).flatMap((check) => check.findings);
  return {
    ...results,
    findings: [
      ...results.findings,
      ...observedFindings(subject, environment, first?.traces ?? new Map(), code),
    ],
    evidence: [...results.evidence, ...conditions],
    verdict: verdictOf(results.evidence),
    interpreter: `${environment.interpreter.implementation} ${environment.interpreter.version}`,
    environment: environment.description,
    isolation: first?.isolation ?? null,
    repeats: executions.length,
    runs: executions.flatMap((execution) => [...execution.runs.values()].map((run) => run.id)),
    committed: await committedVerdict(subject, reference, pass.store),
    partial: partiallyProved(results.evidence),
  };
}

function partiallyProved(evidence: readonly Evidence[]): string | null {
  const standIns = evidence.filter((item) => item.status === "claimed");
  return standIns.length === 0 ? null : standIns.map((item) => item.summary).join("; ");
}

/** A fallback shows that the code works on generic hardware, and no more: the level stays unknown. */
function standIn(name: string, fallback: string): Evidence {
  return {
    id: `runs:${name}`,
    status: "claimed",
    summary: `${name} fails here; partially proved by its fallback ${fallback}`,
  };
}

interface Judged {
  readonly evidence: readonly Evidence[];
  readonly findings: readonly Finding[];
  readonly comparisons: readonly Comparison[];
}

async function judgeRepeats(subject: Subject, executions: readonly Execution[], pass: Pass): Promise<Judged> {
  const evidence: Evidence[] = [];
  const findings: Finding[] = executions.flatMap((execution) => execution.findings);
  const comparisons: Comparison[] = [];
  const failed = new Set(executions.flatMap((execution) => execution.failed));
  for (const command of subject.project.commands) {
    const runs = executions.flatMap((execution): readonly Run[] => {
      const run = execution.runs.get(command.name);
      return run === undefined ? [] : [run];
    });
    const [reference, ...later] = runs;
    if (failed.has(command.name) && command.fallback !== null && !failed.has(command.fallback)) {
      evidence.push(standIn(command.name, command.fallback));
    } else if (reference === undefined || failed.has(command.name)) {
      evidence.push({
        id: `runs:${command.name}`,
        status: "failed",
        summary: `${command.name} does not run from the top`,
      });
    } else if (later.length === 0) {
      evidence.push({
        id: `runs:${command.name}`,
        status: "missing",
        summary: `${command.name} ran once only`,
      });
    } else {
      const compared = await compareWithReference(
        subject,
        command,
        reference,
        later,
        pass.store,
        `ran ${runs.length} times`,
      );
      evidence.push(compared.evidence);
      findings.push(...compared.findings);
      comparisons.push(...compared.comparisons);
    }
  }
  return { evidence, findings, comparisons };
}
