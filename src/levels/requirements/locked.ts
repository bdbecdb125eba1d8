import { coversRequirements } from "../../lock/index.ts";
import { makeFinding } from "../../model/index.ts";
import { claimed, missing, type Check } from "../define.ts";
import { needsItself, ownManifest } from "../own-package.ts";
import { directRequirements } from "../spec-files.ts";
import { inspectOwnLock } from "../own-lock.ts";
import type { Subject } from "../subject.ts";
import { installsAtRunTime } from "./run-time-installs.ts";

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
        fix: "rung lock writes pylock.toml (PEP 751); the lock of uv, Poetry, PDM or Pipenv serves as well.",
      },
    );
    return {
      evidence: missing("locked", "no lock"),
      findings: [finding, ...installsAtRunTime(subject)],
    };
  }
  const inspected = inspectOwnLock(subject, lock);
  const findings = [
    ...inspected.findings,
    ...coversRequirements(inspected, directRequirements(project)),
    ...installsAtRunTime(subject),
  ];
  if (!subject.archive.has(lock.path)) {
    findings.push(
      makeFinding("lock-not-archived", "error", `${lock.path} is not part of what others get`, {
        file: lock.path,
        fix: `git add ${lock.path}`,
      }),
    );
  }
  if (needsItself(subject)) {
    findings.push(
      makeFinding(
        "own-package-not-locked",
        "error",
        "The commands need the project's own package installed, which a lock cannot hold yet",
        {
          file: ownManifest(project)?.path ?? null,
          why: "Building it takes a build backend, and what a build needs is not locked.",
          fix: 'Run it from its source: python -m PACKAGE, with env = { PYTHONPATH = "src" } in rung.toml.',
        },
      ),
    );
  }
  const python = inspected.requiresPython ?? project.python?.specifier ?? null;
  if (python === null) {
    findings.push(
      makeFinding("lock-without-python", "error", `${lock.path} does not say which Python it is for`, {
        file: lock.path,
        fix: 'State it (python = "3.11" in rung.toml, requires-python, .python-version), or lock anew with rung lock.',
      }),
    );
  }
  const faulty = findings.some((finding) => finding.severity === "error");
  const summary = `${lock.path}: ${inspected.artifacts.length} artifacts with hashes, Python ${python ?? "not stated"}`;
  return {
    evidence: faulty
      ? missing("locked", "the lock does not hold all that is installed")
      : claimed("locked", summary),
    findings,
  };
}
