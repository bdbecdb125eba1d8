import { chooseInterpreter } from "../../environments/index.ts";
import { coversRequirements, inspectLock, resolveLock, type LockPlatform } from "../../lock/index.ts";
import { ToolError, type Change } from "../../model/index.ts";
import { confineBuilds, unconfinedBuilds } from "../../sandbox/index.ts";
import type { Lift, LiftContext } from "../define.ts";
import { needsItself } from "../own-package.ts";
import { directRequirements, specFiles } from "../spec-files.ts";
import type { Subject } from "../subject.ts";

/** The lift to level 3: pylock.toml (PEP 751) with the hash of every artifact, for every platform unless some are named. */
export async function liftToLocked({ subject, progress, platforms }: LiftContext): Promise<Lift> {
  if (subject.lock !== null && isCurrent(subject)) return { changes: [], left: [] };
  if (specFiles(subject.project).length === 0)
    return { changes: [], left: ["The lock follows once a file declares what to install."] };
  if (needsItself(subject)) return { changes: [], left: [ownPackageTask] };
  return { changes: [await lockChange(subject, { platforms, upgrade: false }, progress)], left: [] };
}

const ownPackageTask =
  'The commands need the project\'s own package installed, and a lock cannot hold it yet: run it from its source (python -m PACKAGE, env = { PYTHONPATH = "src" } in rung.toml), then climb again.';

/** The change that a lock is: what resolves today, versions of an existing lock kept unless `upgrade`. */
export async function lockChange(
  subject: Subject,
  options: { readonly platforms: readonly string[]; readonly upgrade: boolean },
  progress: (message: string) => void,
): Promise<Change> {
  const { project, lock } = subject;
  const files = specFiles(project);
  if (files.length === 0) {
    throw new ToolError("LOCK_FAILED", `No file of ${project.name} declares what to install`, {
      hint: "Add a requirements.txt (an empty one says that nothing is needed), or run rung climb 1.",
    });
  }
  const interpreter = await chooseInterpreter(project.python?.specifier ?? null);
  const confine = await confineBuilds(project.root);
  if (confine === null) progress(unconfinedBuilds);
  const resolved = await resolveLock(
    {
      root: project.root,
      files,
      python: /^\d+\.\d+/u.exec(interpreter.version)?.[0] ?? interpreter.version,
      interpreter,
      platforms:
        options.platforms.length === 0 ? "universal" : (options.platforms as readonly LockPlatform[]),
      existing: lock?.text ?? null,
      upgrade: options.upgrade,
      confine: confine ?? undefined,
    },
    progress,
  );
  return {
    path: lock?.path ?? "pylock.toml",
    before: lock?.text ?? null,
    after: resolved.text,
    why: `${resolved.packages} packages, each artifact with its hash`,
  };
}

function isCurrent(subject: Subject): boolean {
  if (subject.lock === null) return false;
  const content = inspectLock(subject.lock.text, subject.lock.path);
  const findings = [...content.findings, ...coversRequirements(content, directRequirements(subject.project))];
  return findings.every((finding) => finding.severity !== "error");
}
