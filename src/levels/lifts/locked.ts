import { chooseInterpreter } from "../../environments/index.ts";
import {
  inspectLock,
  installableLock,
  keptVersions,
  refreshLock,
  resolveLock,
  toolOfLock,
  versionsMoved,
  type LockFile,
  type LockPlatform,
} from "../../lock/index.ts";
import { ToolError, type Change, type Finding, type Interpreter } from "../../model/index.ts";
import { confineBuilds, unconfinedBuilds } from "../../sandbox/index.ts";
import { copyFileAtomic, temporaryDirectory } from "../../system/index.ts";
import type { Lift, LiftContext } from "../define.ts";
import { followLock } from "./follow-lock.ts";
import { installerFiles } from "../installer-files.ts";
import { lockCovers, lockSuffices } from "../own-lock.ts";
import { needsItself } from "../own-package.ts";
import { directRequirements, specFiles } from "../spec-files.ts";
import type { Subject } from "../subject.ts";

/**
 * The lift to level 3. A lock that suffices stays as it is. Another is made anew by its own tool where that is at hand;
 * else pylock.toml (PEP 751) is written with the hash of every artifact, for every platform unless some are named, the
 * versions of an existing lock kept. Where the README installs without it, it gets lines that go by it.
 */
export async function liftToLocked(context: LiftContext): Promise<Lift> {
  const { subject, progress, platforms } = context;
  if (subject.lock !== null && lockSuffices(subject))
    return { changes: needsItself(subject) ? [] : followLock(context, subject.lock), left: [] };
  if (specFiles(subject.project).length === 0)
    return { changes: [], left: ["The lock follows once a file declares what to install."] };
  if (needsItself(subject)) return { changes: [], left: [ownPackageTask] };
  const change = await lockChange(subject, { platforms, upgrade: false }, progress);
  const lines = followLock(context, { path: change.path, text: change.after });
  return { changes: [...(change.after === change.before ? [] : [change]), ...lines], left: [] };
}

const ownPackageTask =
  'The commands need the project\'s own package installed, and a lock cannot hold it yet: run it from its source (python -m PACKAGE, env = { PYTHONPATH = "src" } in rung.toml), then climb again.';

export interface LockChoice {
  /** Every platform where empty. Only a pylock.toml can be for some. */
  readonly platforms: readonly LockPlatform[];
  readonly upgrade: boolean;
}

type Progress = (message: string) => void;

/** The change that a lock is: what resolves today, versions of an existing lock kept unless `upgrade`. */
export async function lockChange(subject: Subject, options: LockChoice, progress: Progress): Promise<Change> {
  const { project, lock } = subject;
  if (specFiles(project).length === 0) {
    const fault = project.manifests
      .flatMap(({ findings }) => findings)
      .find(({ severity }) => severity === "error");
    if (fault !== undefined) throw new ToolError("LOCK_FAILED", fault.message, placeOf(fault));
    throw new ToolError("LOCK_FAILED", `No file of ${project.name} declares what to install`, {
      hint: "rung revive finds out what the code needs and writes it down. An empty requirements.txt says: nothing.",
    });
  }
  const interpreter = await chooseInterpreter(project.python?.specifier ?? null);
  const own = lock === null ? null : toolOfLock(lock.path);
  if (lock === null || own === null || options.platforms.length > 0) {
    return pylockChange(subject, options, interpreter, progress);
  }
  if (own.isThere) return refreshed(subject, lock, options, interpreter, progress);
  const note = `${own.tool.program} is not on PATH to make ${lock.path} anew`;
  progress(note);
  const change = await pylockChange(subject, options, interpreter, progress);
  return { ...change, why: `${change.why}; ${note}` };
}

const placeOf = ({ file, line, fix }: Finding): ConstructorParameters<typeof ToolError>[2] => ({
  ...(fix === null ? {} : { hint: fix }),
  ...(file === null ? {} : { location: { file, ...(line === null ? {} : { line }) } }),
});

/** The lock as its own tool makes it, in a copy of what the project declares. */
async function refreshed(
  subject: Subject,
  lock: LockFile,
  { upgrade }: LockChoice,
  interpreter: Interpreter,
  progress: Progress,
): Promise<Change> {
  const { project } = subject;
  const own = toolOfLock(lock.path);
  const isAsItWas = own?.tool.keepsVersions === false && !upgrade && lockSuffices(subject);
  if (isAsItWas)
    return { path: lock.path, before: lock.text, after: lock.text, why: "it holds all that is declared" };
  using copy = temporaryDirectory("lock-copy");
  const data = new Set(project.data);
  for (const file of project.files) {
    if (file.kind !== "file" || file.size > largestDeclaration || data.has(file.path)) continue;
    copyFileAtomic(`${project.root}/${file.path}`, `${copy.path}/${file.path}`);
  }
  const confine = await confinement(subject, progress);
  const after = await refreshLock(
    { lockName: lock.path, copy: copy.path, interpreter, upgrade, confine },
    progress,
  );
  return {
    path: lock.path,
    before: lock.text,
    after,
    why: summaryOf(subject, lock, { path: lock.path, text: after }),
  };
}

/** Bytes. What says how a package is built is smaller; data is not needed to lock. */
const largestDeclaration = 1_000_000;

async function pylockChange(
  subject: Subject,
  { platforms, upgrade }: LockChoice,
  interpreter: Interpreter,
  progress: Progress,
): Promise<Change> {
  const { lock } = subject;
  const path = lock !== null && lock.path.endsWith(".toml") ? lock.path : "pylock.toml";
  const before = lock?.path === path ? lock.text : null;
  const kept = upgrade || platforms.length > 0 ? null : await rewritten(subject, interpreter, progress);
  const text = kept?.text ?? (await resolved(subject, { platforms, upgrade }, interpreter, progress));
  const why = summaryOf(subject, lock, { path, text });
  return { path, before, after: text, why: kept === null ? why : `${why}; made from ${kept.origin}` };
}

/** What another format locks, as a pylock.toml with the same versions and files; null where that cannot be. */
async function rewritten(
  subject: Subject,
  interpreter: Interpreter,
  progress: Progress,
): Promise<{ readonly text: string; readonly origin: string } | null> {
  const { lock, project } = subject;
  if (lock === null || lock.path.endsWith(".toml") || !lockCovers(subject)) return null;
  const declared = directRequirements(project);
  const made = await installableLock({ lock, folder: project.root, declared, interpreter }, progress);
  const faults = made.findings.filter(({ severity }) => severity === "error");
  for (const { message } of faults) progress(message);
  return faults.length === 0 && made.text !== "" ? made : null;
}

async function resolved(
  subject: Subject,
  { platforms, upgrade }: LockChoice,
  interpreter: Interpreter,
  progress: Progress,
): Promise<string> {
  const { project, lock } = subject;
  using scratch = temporaryDirectory("spec");
  const { files, origin } = installerFiles(project, project.root, scratch.path);
  const made = await resolveLock(
    {
      root: project.root,
      files,
      origin,
      python: /^\d+\.\d+/u.exec(interpreter.version)?.[0] ?? interpreter.version,
      interpreter,
      platforms: platforms.length === 0 ? "universal" : platforms,
      existing: lock === null ? null : keptVersions(lock, directRequirements(project)),
      upgrade,
      confine: await confinement(subject, progress),
    },
    progress,
  );
  return made.text;
}

async function confinement(
  { project }: Subject,
  progress: Progress,
): Promise<Exclude<Awaited<ReturnType<typeof confineBuilds>>, null> | undefined> {
  const confine = await confineBuilds(project.root);
  if (confine === null) progress(unconfinedBuilds);
  return confine ?? undefined;
}

/** How many packages, and which versions are others than before. */
function summaryOf(subject: Subject, before: LockFile | null, after: LockFile): string {
  const declared = directRequirements(subject.project);
  const read = (lock: LockFile): ReturnType<typeof inspectLock> =>
    inspectLock(lock.text, lock.path, { declared, platforms: [] });
  const content = read(after);
  const packages = new Set(content.artifacts.map(({ name, version }) => `${name} ${version}`)).size;
  const moved = before === null ? "" : versionsMoved(read(before), content);
  return `${packages} packages, each artifact with its hash${moved === "" ? "" : `; ${moved}`}`;
}
