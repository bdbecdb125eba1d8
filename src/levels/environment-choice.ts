import {
  bareEnvironment,
  chooseInterpreter,
  environmentFromLock,
  environmentFromRequirements,
  explainInstallFailure,
  installedDistributions,
  ownEnvironment,
  type NamedPackage,
} from "../environments/index.ts";
import { inspectLock, installableLock, missingFromLock, type LockFile } from "../lock/index.ts";
import {
  makeFinding,
  ToolError,
  type Environment,
  type Finding,
  type Interpreter,
  type Project,
} from "../model/index.ts";
import { installerFiles } from "./installer-files.ts";
import { needsItself } from "./own-package.ts";
import { confineBuilds, roomTreePath, unconfinedBuilds } from "../sandbox/index.ts";
import { temporaryDirectory, writeScratch } from "../system/index.ts";
import { directRequirements, specFiles } from "./spec-files.ts";
import type { Subject } from "./subject.ts";

type Progress = (message: string) => void;

/** An environment, or why there is none: `blame` says whether the project is at fault, or what is missing here. */
export type EnvironmentChoice =
  | { readonly environment: Environment }
  | {
      readonly environment: null;
      readonly findings: readonly Finding[];
      readonly blame: "project" | "machine";
    };

/** Level 0's: the project's own where it has one, else from its lock, else from its spec, else the bare interpreter. */
export async function environmentOfOwner(subject: Subject, progress: Progress): Promise<EnvironmentChoice> {
  const { root } = subject.project;
  const own = await ownEnvironment(root);
  if (own !== null) return { environment: own };
  // A lock does not hold the project's own package: where that is needed, the spec is what makes it run.
  if (subject.lock !== null && !needsItself(subject)) {
    // A lock that does not install is level 3's to tell; the project may still run from its spec.
    const choice = await attempt(() => fromLock(subject, root, progress), lockedPackages(subject));
    if (choice.environment !== null || choice.blame === "machine") return choice;
  }
  if (specFiles(subject.project).length > 0 || needsItself(subject))
    return attempt(() => fromSpec(subject, root, progress), directRequirements(subject.project));
  return attempt(async () => bareEnvironment(await interpreterFor(subject.project)));
}

/** Levels 1 and 2: from the declared dependencies alone, as they stand in the unpacked archive `tree`. */
export function environmentFromSpec(
  subject: Subject,
  tree: string,
  progress: Progress,
): Promise<EnvironmentChoice> {
  return attempt(() => fromSpec(subject, tree, progress), directRequirements(subject.project));
}

/** Level 3: from the lock alone; nothing is resolved, and so the lock has to hold all that its packages need. */
export async function environmentLocked(
  subject: Subject,
  tree: string,
  progress: Progress,
): Promise<EnvironmentChoice> {
  const choice = await attempt(() => fromLock(subject, tree, progress), lockedPackages(subject));
  const { lock, project } = subject;
  if (choice.environment === null || lock === null) return choice;
  const { interpreter } = choice.environment;
  const missing = missingFromLock({
    lock,
    installed: installedDistributions(choice.environment),
    declared: directRequirements(project),
    python: interpreter.version,
    root: project.root,
  });
  const findings = [...missing, ...(await builtFromSource(subject, lock, tree, interpreter, progress))];
  return findings.length === 0 ? choice : { environment: null, findings, blame: "project" };
}

/**
 * What has no wheel for the Python that was chosen: a lock may be for many, and one that knows its files by their hashes
 * alone does not say which of them are wheels.
 */
async function builtFromSource(
  subject: Subject,
  lock: LockFile,
  tree: string,
  interpreter: Interpreter,
  progress: Progress,
): Promise<readonly Finding[]> {
  const declared = directRequirements(subject.project);
  const { text } = await installableLock({ lock, folder: tree, declared, interpreter }, progress);
  const python = interpreter.version.split(".").slice(0, 2).join(".");
  const lines = new Map(lockedPackages(subject).map(({ name, location }) => [name, location.line]));
  return inspectLock(text, "pylock.toml", { python })
    .findings.filter(({ rule }) => rule === "lock-sdist-only")
    .map((finding) => {
      const [name = ""] = finding.message.split(" ");
      return { ...finding, file: lock.path, line: lines.get(name) ?? null };
    });
}

async function fromSpec(subject: Subject, tree: string, progress: Progress): Promise<Environment> {
  const interpreter = await interpreterFor(subject.project);
  using scratch = temporaryDirectory("spec");
  const confine = (await confineBuilds(subject.project.root)) ?? undefined;
  const made = await environmentFromRequirements(
    {
      root: tree,
      ...installerFiles(subject.project, tree, scratch.path),
      interpreter,
      engine: subject.project.config.engine,
      installProject: needsItself(subject),
      confine,
      ...placeOf(subject, tree),
    },
    progress,
  );
  return confine === undefined ? saysUnconfined(made) : made;
}

async function fromLock(subject: Subject, tree: string, progress: Progress): Promise<EnvironmentChoice> {
  const interpreter = await interpreterFor(subject.project);
  const confine = (await confineBuilds(subject.project.root)) ?? undefined;
  const { lock, project } = subject;
  const own = `${tree}/${lock?.path ?? "pylock.toml"}`;
  const made =
    lock === null
      ? null
      : await installableLock(
          { lock, folder: tree, declared: directRequirements(project), interpreter },
          progress,
        );
  const faults = made?.findings.filter(({ severity }) => severity === "error") ?? [];
  if (faults.length > 0) return { environment: null, findings: faults, blame: "project" };
  const isOwn = made === null || made.text === lock?.text;
  using scratch = temporaryDirectory("lock");
  const derived = `${scratch.path}/pylock.toml`;
  if (!isOwn) writeScratch(derived, made.text);
  const lockPath = isOwn ? own : derived;
  const environment = await environmentFromLock(
    {
      lockPath,
      interpreter,
      engine: project.config.engine,
      confine,
      ...(isOwn ? placeOf(subject, tree) : { origin: made.origin }),
    },
    progress,
  );
  return { environment: confine === undefined ? saysUnconfined(environment) : environment };
}

/** Where an unpacked tree is for the commands; the owner's own is where it is. */
function placeOf({ project }: Subject, tree: string): { readonly runsAt?: string } {
  return tree === project.root ? {} : { runsAt: roomTreePath(project.root) };
}

/** The verdict shows an environment by its description. */
function saysUnconfined(environment: Environment): Environment {
  return { ...environment, description: `${environment.description}; ${unconfinedBuilds}` };
}

function interpreterFor(project: Project): ReturnType<typeof chooseInterpreter> {
  return chooseInterpreter(project.python?.specifier ?? null);
}

/** Each package of the lock with its line. */
function lockedPackages({ lock, project }: Subject): readonly NamedPackage[] {
  if (lock === null) return [];
  const { artifacts } = inspectLock(lock.text, lock.path, { declared: directRequirements(project) });
  return artifacts.map(({ name, line }) => ({ name, location: { file: lock.path, line } }));
}

/** Tries it; a fault of the project is told where the package at fault is named. */
async function attempt(
  make: () => Promise<Environment | EnvironmentChoice>,
  named: readonly NamedPackage[] = [],
): Promise<EnvironmentChoice> {
  try {
    const made = await make();
    return "environment" in made ? made : { environment: made };
  } catch (error) {
    if (!(error instanceof ToolError)) throw error;
    switch (error.code) {
      case "ENVIRONMENT_FAILED":
      case "LOCK_FAILED": {
        const finding = explainInstallFailure(error, named) ?? asFinding("environment-fails", error);
        const blame = finding.rule === "network" ? "machine" : "project";
        return { environment: null, findings: [finding], blame };
      }
      case "ISOLATION_UNAVAILABLE":
        return { environment: null, findings: [asFinding("no-isolation", error)], blame: "machine" };
      case "INTERPRETER_MISSING":
        return { environment: null, findings: [asFinding("python-not-installed", error)], blame: "machine" };
      case "NETWORK_UNAVAILABLE":
      case "DOWNLOAD_FAILED":
        return { environment: null, findings: [asFinding("network-unavailable", error)], blame: "machine" };
      default:
        throw error;
    }
  }
}

function asFinding(rule: string, error: ToolError): Finding {
  return makeFinding(rule, "error", error.message, error.hint === undefined ? {} : { fix: error.hint });
}
