import { distinctFindings, type Ladder, type Proof, type Rung, type Verdict } from "../model/index.ts";
import type { Store } from "../store/index.ts";
import { committedUnknown } from "./committed.ts";
import type { Level } from "./define.ts";
import { readInputs, stalenessOf } from "./inputs.ts";
import { outputsOf } from "./proof-outputs.ts";
import { reachedLevel } from "./reached-level.ts";
import type { Subject } from "./subject.ts";
import { isOfLevel } from "./trace-findings.ts";

/** The ladder as it stands: what each level requires of the files today, and what its last proof showed. */
export function judge(levels: readonly Level[], subject: Subject, store: Store | null, now: string): Ladder {
  const proofs = store?.latestProofs() ?? new Map<number, Proof>();
  const rungs = withObserved(
    levels.map((level) => judgeRung(level, subject, proofs, store, now)),
    proofs.get(0),
  );
  const { project } = subject;
  const [base] = rungs;
  const reference = proofs.get(0);
  const reached = reachedLevel(rungs);
  return {
    schemaVersion: 1,
    project: {
      name: project.name,
      root: project.root,
      target: project.config.target,
      commit: project.git?.head ?? null,
    },
    level: reached,
    rungs,
    committed: (base?.stale === null ? reference?.committed : null) ?? committedUnknown,
    dependsOn: levels.find((level) => level.order === reached)?.dependsOn ?? [],
    commands: project.commands,
    findings: project.findings,
  };
}

function judgeRung(
  level: Level,
  subject: Subject,
  proofs: ReadonlyMap<number, Proof>,
  store: Store | null,
  now: string,
): Rung {
  const proof = proofs.get(level.order) ?? null;
  const checks = level.requires(subject);
  const inputs = level.order === 0 ? subject.tree : subject.archive;
  const stale =
    proof === null || store === null
      ? null
      : (stalenessOf(
          proof,
          inputs,
          now,
          () => readInputs(store.blobs.read(proof.inputsBlob).toString("utf8")),
          outputsOf(store, proof),
        ) ?? otherReference(proof, proofs.get(0)));
  const fresh = stale === null ? proof : null;
  const isMissing = checks.some((check) => check.evidence.status === "missing");
  return {
    level: level.order,
    title: level.title,
    verdict: verdictFor(level, isMissing, fresh),
    evidence: [...checks.map((check) => check.evidence), ...(fresh?.evidence ?? [])],
    findings: distinctFindings([...checks.flatMap((check) => check.findings), ...(fresh?.findings ?? [])]),
    provedAt: proof?.provedAt ?? null,
    stale,
  };
}

/** What the runs of level 0 showed is told at the level that it speaks of, also where that one is not proved. */
function withObserved(rungs: readonly Rung[], reference: Proof | undefined): readonly Rung[] {
  const seen = rungs[0]?.stale === null ? (reference?.findings ?? []) : [];
  return rungs.map((rung) => {
    const own = rung.level === 0 ? rung.findings.filter((finding) => isOfLevel(0, finding)) : rung.findings;
    const more = rung.level === 0 ? [] : seen.filter((finding) => isOfLevel(rung.level, finding));
    return { ...rung, findings: distinctFindings([...own, ...more]) };
  });
}

/** A proof holds only beside the reference runs that it was compared with. */
function otherReference(proof: Proof, base: Proof | undefined): Rung["stale"] {
  if (base === undefined || proof.referenceDigest === base.referenceDigest) return null;
  return { reason: "level 0 gives other outputs since", changed: [] };
}

/** What is not there makes a level unmet; only rung 0, which is about running alone, is then merely unknown. */
function verdictFor(level: Level, isMissing: boolean, proof: Proof | null): Verdict {
  if (proof?.verdict === "unmet") return "unmet";
  if (isMissing) return level.order === 0 ? "unknown" : "unmet";
  return proof?.verdict ?? "unknown";
}
