import { selectFiles } from "../artifacts/index.ts";
import { planBundle, type BundlePlan } from "../artifacts/pack/index.ts";
import { chooseInterpreter } from "../environments/index.ts";
import { thisLockPlatform, type LockPlatform } from "../lock/index.ts";
import { ToolError } from "../model/index.ts";
import { confineBuilds } from "../sandbox/index.ts";
import type { Store } from "../store/index.ts";
import { inOrder } from "./order.ts";
import { needsItself } from "./own-package.ts";
import { programsOf } from "./pack-programs.ts";
import { directRequirements, specFiles } from "./spec-files.ts";
import type { Subject } from "./subject.ts";

export interface BundleOptions {
  readonly platform: LockPlatform;
  /** Wheels may be built here, confined, where a package has none. */
  readonly allowBuilds: boolean;
  /** An empty folder whose files stay until the bundle is written. */
  readonly workDirectory: string;
  readonly progress: (message: string) => void;
}

/** All that the commands of a project that has been read need. Throws ToolError where there is nothing to run, or no lock. */
export async function subjectBundle(
  subject: Subject,
  store: Store,
  options: BundleOptions,
): Promise<BundlePlan> {
  const { project, lock } = subject;
  const { platform, progress } = options;
  if (project.commands.length === 0) {
    throw new ToolError("NO_COMMANDS", `${project.name} has no command to pack`, {
      hint: 'Write rung.toml with [commands.NAME] and run = "..."; rung init drafts it.',
    });
  }
  if (lock === null && specFiles(project).length > 0) {
    throw new ToolError(
      "LOCK_FAILED",
      `${project.name} has no lock, and what is packed is what a lock names`,
      {
        hint: "rung climb 3 makes one and proves it; rung lock only makes it.",
      },
    );
  }
  inOrder(project.commands);
  const { files, findings } = selectFiles(project);
  const interpreter = await chooseInterpreter(project.python?.specifier ?? null, progress);
  const plan = await planBundle({
    project,
    files,
    lock,
    declared: directRequirements(project),
    commands: project.commands,
    platform,
    interpreter,
    programs: programsOf(project.commands, project.root, store),
    glibc: platform === thisLockPlatform() ? libraryHere() : null,
    builds: { interpreter, confine: () => confineBuilds(project.root), allowed: options.allowBuilds },
    needsItself: needsItself(subject),
    workDirectory: options.workDirectory,
    progress,
  });
  return { ...plan, findings: [...findings, ...plan.findings] };
}

/** The version of this machine's C library, which a bundle for it takes along; null where it is another than glibc. */
function libraryHere(): string | null {
  const report = process.report.getReport() as {
    readonly header?: { readonly glibcVersionRuntime?: string };
  };
  return report.header?.glibcVersionRuntime ?? null;
}
