import { coversRequirements, inspectLock, type LockFile } from "../lock/index.ts";
import { directRequirements } from "./spec-files.ts";
import type { Subject } from "./subject.ts";

/** What the project's lock holds for what it runs with, and its faults on the Python that it states. */
export function inspectOwnLock(
  { project }: Pick<Subject, "project">,
  lock: LockFile,
): ReturnType<typeof inspectLock> {
  const series = /^={2,3}\s*(3\.\d+)/u.exec(project.python?.specifier ?? "")?.[1];
  return inspectLock(lock.text, lock.path, {
    declared: directRequirements(project),
    ...(series === undefined ? {} : { python: series }),
  });
}

/** True where the lock names all that is declared, each artifact with its hash: level 3 needs no other. */
export function lockSuffices(subject: Pick<Subject, "project" | "lock">): boolean {
  if (subject.lock === null) return false;
  const content = inspectOwnLock(subject, subject.lock);
  const findings = [...content.findings, ...coversRequirements(content, directRequirements(subject.project))];
  return findings.every((finding) => finding.severity !== "error");
}

/** True where the lock names all that is declared, in a version that is admitted. */
export function lockCovers({ project, lock }: Pick<Subject, "project" | "lock">): boolean {
  if (lock === null) return false;
  const content = inspectOwnLock({ project }, lock);
  const isRead = content.findings.every(({ rule }) => rule !== "lock-invalid");
  return isRead && coversRequirements(content, directRequirements(project)).length === 0;
}
