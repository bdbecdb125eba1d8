import { relative } from "node:path";
import { unpackArchive } from "../artifacts/index.ts";
import { packFolder, writePack } from "../artifacts/pack/index.ts";
import { thisLockPlatform } from "../lock/index.ts";
import { makeFinding, sizeText, ToolError, type Evidence, type Finding } from "../model/index.ts";
import { joinPath, temporaryDirectory } from "../system/index.ts";
import { commitEvidence, isolationEvidence, variablesEvidence } from "./conditions.ts";
import { claimed, defineLevel, verdictOf, type Check, type Pass, type ProofBody } from "./define.ts";
import { judgeRuns } from "./judge-runs.ts";
import { everythingLocked } from "./requirements/locked.ts";
import { otherPacks } from "./requirements/other-packs.ts";
import { noProof } from "./room.ts";
import { packTop, runPack } from "./run-pack.ts";
import { subjectBundle } from "./subject-bundle.ts";
import type { Subject } from "./subject.ts";
import { answerVariables } from "./variables.ts";

/** Level 4: one archive holds it all, the interpreter included, and runs where there is nothing but a kernel and a shell. */
export const packed = defineLevel({
  order: 4,
  title: "without the internet",
  dependsOn: [
    "a Linux kernel on the pack's processor that still runs today's programs, and a POSIX shell at /bin/sh",
    "the pack itself is kept (its sha256 is in the evidence)",
  ],
  requires,
  prove,
  lift: async () => ({ changes: [], left: [] }),
});

function requires(subject: Subject): readonly Check[] {
  const platform = thisLockPlatform();
  const locked = everythingLocked(subject);
  const evidence = claimed(
    "packable",
    `a pack for ${platform ?? process.platform} is made when the level is proved`,
  );
  return [locked, { evidence, findings: [] }];
}

async function prove(subject: Subject, pass: Pass): Promise<ProofBody> {
  const platform = thisLockPlatform();
  if (platform === null || process.platform !== "linux") {
    const message = `Packs are proved on Linux; this is ${process.platform}`;
    return noProof([makeFinding("no-isolation", "error", message)], "unknown");
  }
  const { config, configFile } = subject.project;
  const variables = answerVariables(config.variables, process.env, configFile);
  if (variables.unanswered.length > 0) return noProof(variables.findings, "unknown");
  using work = temporaryDirectory("pack", pass.workDirectory);
  const plan = await subjectBundle(subject, pass.store, {
    platform,
    allowBuilds: false,
    workDirectory: work.path,
    progress: pass.progress,
  });
  const { bundle } = plan;
  if (bundle === null) return noProof(plan.findings, "unmet");
  try {
    const output = joinPath(pass.store.directory, "packs", `${packFolder(bundle)}.tar.zst`);
    const pack = await writePack(bundle, output, "tar.zst", pass.progress);
    pass.made.push({
      what: `pack for ${platform}`,
      path: pack.path,
      bytes: pack.bytes,
      digest: `sha256:${pack.sha256}`,
    });
    pass.progress("unpacking the pack elsewhere");
    const elsewhere = joinPath(work.path, "unpacked");
    await unpackArchive(pack.path, elsewhere);
    const { commands } = subject.project;
    const runs = await runPack(joinPath(elsewhere, packFolder(bundle)), bundle, {
      subject,
      pass,
      commands,
      variables: variables.values,
    });
    if (runs.turns === null) return noProof(runs.findings, "unmet");
    const judged = await judgeRuns(
      subject,
      pass,
      commands,
      runs.turns,
      "from the pack, in an empty root",
      `${packTop}/project`,
    );
    const { python, wheels } = bundle.manifest;
    const conditions: Evidence[] = [
      {
        id: "pack",
        status: "proved",
        summary: `pack: ${pack.files} files, ${wheels.length} packages, ${sizeText(pack.bytes)}, sha256 ${pack.sha256}, ${relative(subject.project.root, pack.path)}`,
      },
      {
        id: "environment",
        status: "proved",
        summary: `environment: the packed ${python.implementation} ${python.version} and wheels`,
      },
      ...isolationEvidence(runs.isolation),
      ...commitEvidence(subject),
      ...variablesEvidence(variables.fromCaller),
    ];
    const others = await otherPacks(subject);
    const findings: Finding[] = [...plan.findings, ...judged.findings, ...others.findings];
    return {
      verdict: verdictOf(judged.evidence),
      evidence: [...judged.evidence, ...conditions, ...others.evidence],
      findings,
      interpreter: `${python.implementation} ${python.version}`,
      environment: "the pack's own",
      isolation: runs.isolation,
      repeats: 1,
      comparisons: judged.comparisons,
      runs: [...runs.turns.runs.values()].map(({ id }) => id),
      committed: null,
      partial: null,
    };
  } catch (error) {
    if (!(error instanceof ToolError) || error.code !== "ISOLATION_UNAVAILABLE") throw error;
    const options = error.hint === undefined ? {} : { fix: error.hint };
    return noProof([makeFinding("no-isolation", "error", error.message, options)], "unknown");
  }
}
