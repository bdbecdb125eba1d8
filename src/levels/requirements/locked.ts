import { coversRequirements, inspectLock } from "../../lock/index.ts";
import { makeFinding } from "../../model/index.ts";
import { claimed, missing, type Check } from "../define.ts";
import { directRequirements } from "../spec-files.ts";
import type { Subject } from "../subject.ts";

/** Level 3: every recursive dependency is locked to the artifact and its hash, with the Python version. */
export function everythingLocked(subject: Subject): Check {
  const { lock, project } = subject;
  if (lock === null) {
    const finding = makeFinding(
      "no-lock",
      "error",
      "No lock names every recursive dependency with its hash",
      {
        why: "What the dependencies themselves need is resolved anew at each install, and changes.",
        fix: "rung lock writes pylock.toml (PEP 751).",
      },
    );
    return { evidence: missing("locked", "no pylock.toml"), findings: [finding] };
  }
  const inspected = inspectLock(lock.text, lock.path);
  const findings = [...inspected.findings, ...coversRequirements(inspected, directRequirements(project))];
  if (inspected.requiresPython === null) {
    findings.push(
      makeFinding("lock-without-python", "error", `${lock.path} does not say which Python it is for`, {
        file: lock.path,
        fix: "Lock anew with rung lock.",
      }),
    );
  }
  const faulty = findings.some((finding) => finding.severity === "error");
  const summary = `${inspected.artifacts.length} artifacts with hashes, Python ${inspected.requiresPython ?? "not stated"}`;
  return {
    evidence: faulty ? missing("locked", "the lock is incomplete") : claimed("locked", summary),
    findings,
  };
}
