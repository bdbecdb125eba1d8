import { claimed, missing, type Check } from "../define.ts";
import { inspectOwnLock } from "../own-lock.ts";
import { versionsBeyondSpec } from "../spec-files.ts";
import type { Subject } from "../subject.ts";
import { readOwnInstructions } from "./instructions.ts";
import { lockInstructed } from "./lock-instructed.ts";

/**
 * Level 3: who follows the instructions installs from the lock as well, with all that it names. Nothing where there is no
 * lock, or no document; that is said elsewhere.
 */
export function lockFollowed(subject: Subject): readonly Check[] {
  const { lock, project } = subject;
  const own = readOwnInstructions(subject);
  if (lock === null || own === null) return [];
  const { artifacts } = inspectOwnLock(subject, lock);
  const beyond = versionsBeyondSpec(project, lock.path, artifacts);
  const findings = lockInstructed(subject, own, beyond, 3);
  const fault = findings.find(({ severity }) => severity === "error");
  const evidence =
    fault === undefined
      ? claimed("lock-instructed", `${own.file} gives the versions of ${lock.path}`)
      : missing("lock-instructed", fault.message);
  return [{ evidence, findings }];
}
