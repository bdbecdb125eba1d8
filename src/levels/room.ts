import { projectMembers, unpackArchive, writeArchive } from "../artifacts/index.ts";
import { makeFinding, ToolError, type Command, type Evidence, type Finding } from "../model/index.ts";
import { joinPath, temporaryDirectory } from "../system/index.ts";
import { commitEvidence, environmentEvidence, isolationEvidence, variablesEvidence } from "./conditions.ts";
import type { Pass, ProofBody } from "./define.ts";
import { verdictOf } from "./define.ts";
import type { EnvironmentChoice } from "./environment-choice.ts";
import { executeAll } from "./execution.ts";
import { judgeRuns } from "./judge-runs.ts";
import type { Subject } from "./subject.ts";
import { answerVariables } from "./variables.ts";
import { watchedEvidence } from "./watched.ts";

export interface RoomProof {
  readonly subject: Subject;
  readonly pass: Pass;
  readonly commands: readonly Command[];
  readonly network: (command: Command) => boolean;
  /** Makes the environment from the unpacked archive. */
  readonly environment: (tree: string) => Promise<EnvironmentChoice>;
  readonly label: string;
}

/**
 * The proof of levels 1 to 3: the archive is made and unpacked elsewhere, an environment is made from what lies in it,
 * and each command runs in a clean room (empty home, named variables, nothing of the owner's visible) and is compared
 * with its reference run.
 */
export async function proveInRoom(request: RoomProof): Promise<ProofBody> {
  const { subject, pass, commands } = request;
  const variables = answerVariables(
    subject.project.config.variables,
    process.env,
    subject.project.configFile,
  );
  if (variables.unanswered.length > 0) return noProof(variables.findings, "unknown");
  using work = temporaryDirectory("archive", pass.workDirectory);
  const unpacked = await unpackElsewhere(subject, work.path);
  const { tree } = unpacked;
  const choice = await request.environment(tree);
  if (choice.environment === null)
    return noProof(choice.findings, choice.blame === "project" ? "unmet" : "unknown");
  const { environment } = choice;
  try {
    const execution = await executeAll({
      commands,
      subject,
      tree,
      scope: "room",
      environment,
      variables: variables.values,
      network: request.network,
      store: pass.store,
      workDirectory: pass.workDirectory,
      progress: pass.progress,
      record: true,
      label: request.label,
    });
    const judged = await judgeRuns(subject, pass, commands, execution, request.label);
    const evidence: Evidence[] = [...judged.evidence];
    const findings: Finding[] = [...judged.findings, ...execution.overlayImports.map(undeclaredImport)];
    for (const module of execution.overlayImports) {
      evidence.push({
        id: `import:${module}`,
        status: "failed",
        summary: `${module} came from Rung, not from the project`,
      });
    }
    if (execution.isolation?.kind === "none") {
      const watched = watchedEvidence(commands, execution.traces);
      evidence.push(...watched.evidence);
      findings.push(...watched.findings);
    }
    const conditions = [
      environmentEvidence(environment),
      ...isolationEvidence(execution.isolation),
      ...commitEvidence(subject),
      ...variablesEvidence(variables.fromCaller),
      {
        id: "archive",
        status: "proved" as const,
        summary: `archive: ${subject.archive.size} files, sha256 ${unpacked.sha256}`,
      },
    ];
    return {
      verdict: verdictOf(evidence),
      evidence: [...evidence, ...conditions],
      findings,
      interpreter: `${environment.interpreter.implementation} ${environment.interpreter.version}`,
      environment: environment.description,
      isolation: execution.isolation,
      repeats: 1,
      comparisons: judged.comparisons,
      runs: [...execution.runs.values()].map((run) => run.id),
      committed: null,
      partial: null,
    };
  } catch (error) {
    if (!(error instanceof ToolError) || error.code !== "ISOLATION_UNAVAILABLE") throw error;
    const options = error.hint === undefined ? {} : { fix: error.hint };
    return noProof([makeFinding("no-isolation", "error", error.message, options)], "unknown");
  }
}

/** What a proof says that could not be carried out. */
export function noProof(findings: readonly Finding[], verdict: "unknown" | "unmet"): ProofBody {
  const status = verdict === "unmet" ? "failed" : "missing";
  return {
    verdict,
    evidence: findings.map((finding) => ({ id: finding.rule, status, summary: finding.message })),
    findings,
    interpreter: "",
    environment: "",
    isolation: null,
    repeats: 0,
    comparisons: [],
    runs: [],
    committed: null,
    partial: null,
  };
}

async function unpackElsewhere(
  subject: Subject,
  workDirectory: string,
): Promise<{ tree: string; sha256: string }> {
  const { project, archive } = subject;
  const name = "project";
  const output = joinPath(workDirectory, "archive.tar.gz");
  const files = project.files.filter((file) => archive.has(file.path));
  const members = projectMembers(project.root, files);
  const { sha256 } = await writeArchive({ name, members, format: "tar.gz", output });
  const unpacked = joinPath(workDirectory, "unpacked");
  await unpackArchive(output, unpacked);
  return { tree: joinPath(unpacked, name), sha256 };
}

function undeclaredImport(module: string): Finding {
  return makeFinding(
    "undeclared-import",
    "error",
    `A notebook imports ${module}, which no declared dependency brings`,
    {
      why: "It was found only because Rung's own notebook kernel holds it; elsewhere the import fails.",
      fix: `Declare the distribution that provides ${module}.`,
    },
  );
}
