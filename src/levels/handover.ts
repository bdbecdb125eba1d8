import path from "node:path";
import { selectFiles, writeArchive, type ArchiveFormat } from "../artifacts/index.ts";
import type { Change, Finding } from "../model/index.ts";
import { projectRoot } from "../project/index.ts";
import { openStore } from "../store/index.ts";
import { writeAtomic } from "../system/index.ts";
import { configFor } from "./lifts/anyone.ts";
import { lockChange } from "./lifts/locked.ts";
import { refuseBrokenConfig } from "./prove.ts";
import { readSubject, type Subject } from "./subject.ts";

async function withSubject<T>(directory: string, use: (subject: Subject) => Promise<T>): Promise<T> {
  const store = openStore(projectRoot(directory));
  try {
    return await use(await readSubject(directory, store));
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
export function lockProject(directory: string, options: LockOptions): Promise<Change> {
  return withSubject(directory, async (subject) => {
    refuseBrokenConfig(subject);
    const change = await lockChange(subject, options, options.progress);
    if (change.after !== change.before) writeAtomic(`${subject.project.root}/${change.path}`, change.after);
    return change;
  });
}

export interface ProjectArchive {
  readonly path: string;
  readonly sha256: string;
  /** In bytes. */
  readonly size: number;
  readonly files: number;
  readonly findings: readonly Finding[];
}

/** Archives what others get of the project. `output` is the file to write; beside the project's name where null. */
export function archiveProject(
  directory: string,
  options: { readonly format: ArchiveFormat; readonly output: string | null },
): Promise<ProjectArchive> {
  return withSubject(directory, async ({ project }) => {
    const { files, findings } = selectFiles(project);
    const name = project.name.replaceAll(/[^\w.-]+/gu, "-");
    const output = path.resolve(options.output ?? `${name}.${options.format}`);
    const written = await writeArchive({ root: project.root, name, files, format: options.format, output });
    return { ...written, files: files.length, findings };
  });
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
  writeAtomic(`${projectRoot(directory)}/${draft.path}`, draft.after);
}
