import path from "node:path";
import { projectMembers, selectFiles, writeArchive, type ArchiveFormat } from "../artifacts/index.ts";
import { lockPlatforms } from "../lock/index.ts";
import { ToolError, type Change, type Finding } from "../model/index.ts";
import { projectRoot, writeChanges } from "../project/index.ts";
import { confineBuilds } from "../sandbox/index.ts";
import { openStore, type Store } from "../store/index.ts";
import { refuseBrokenConfig } from "./broken-config.ts";
import { configFor } from "./lifts/anyone.ts";
import { lockChange } from "./lifts/locked.ts";
import { readSubject, type Subject } from "./subject.ts";

export { exportProject } from "./export.ts";

async function withSubject<T>(
  directory: string,
  use: (subject: Subject, store: Store) => Promise<T>,
): Promise<T> {
  const store = openStore(projectRoot(directory));
  try {
    return await use(await readSubject(directory, store), store);
  } finally {
    store.close();
  }
}

export interface LockOptions {
  readonly platforms: readonly string[];
  readonly upgrade: boolean;
  readonly progress: (message: string) => void;
}

/** Resolves the project's dependencies and writes its lock. Returns what changed; nothing is written where nothing did. */
export async function lockProject(directory: string, options: LockOptions): Promise<Change> {
  const root = projectRoot(directory);
  const locking = withSubject(root, async (subject) => {
    refuseBrokenConfig(subject);
    const choice = { ...options, platforms: lockPlatforms(options.platforms) };
    const change = await lockChange(subject, choice, options.progress);
    if (change.after !== change.before) writeChanges(root, [change]);
    return change;
  });
  // What can confine builds is found by trying, once a process: tried while the project is read, it costs no time.
  const [change] = await Promise.all([locking, confineBuilds(root)]);
  return change;
}

export interface ProjectArchive {
  readonly path: string;
  readonly sha256: string;
  /** In bytes. */
  readonly size: number;
  readonly files: number;
  readonly findings: readonly Finding[];
}

export interface ArchiveOptions {
  readonly format: ArchiveFormat;
  /** The file to write; one in .rung/archives/ where null. */
  readonly output: string | null;
}

/** Archives what others get of the project in a folder. */
export function archiveProject(directory: string, options: ArchiveOptions): Promise<ProjectArchive> {
  return withSubject(directory, (subject, store) => archiveSubject(subject, store, options));
}

/** Archives what others get of a project that has been read. */
export async function archiveSubject(
  { project }: Subject,
  store: Store,
  { format, output }: ArchiveOptions,
): Promise<ProjectArchive> {
  const { files, findings } = selectFiles(project);
  if (files.length === 0) {
    throw new ToolError("NOTHING_TO_ARCHIVE", `No file of ${project.root} is part of what others get`, {
      hint:
        project.git === null
          ? "The folder is empty."
          : "Git tracks none of them: git add what belongs to the project.",
    });
  }
  const name = project.name.replaceAll(/[^\w.-]+/gu, "-");
  const file = path.resolve(output ?? path.join(store.directory, "archives", `${name}.${format}`));
  const written = await writeArchive({
    name,
    members: projectMembers(project.root, files),
    format,
    output: file,
  });
  return { ...written, files: files.length, findings };
}

/** The rung.toml that says what was discovered; the caller decides whether it is written. */
export function draftConfig(directory: string): Promise<Change & { readonly exists: boolean }> {
  return withSubject(directory, async ({ project }) => {
    const stated = /(\d+\.\d+)/u.exec(project.python?.specifier ?? "")?.[1] ?? null;
    return { ...configFor(project, stated), exists: project.configFile !== null };
  });
}

/** Writes a drafted rung.toml. */
export function writeDraft(directory: string, draft: Change): void {
  writeChanges(projectRoot(directory), [draft]);
}
