import { selectFiles } from "../artifacts/index.ts";
import { chooseLock, type LockFile } from "../lock/index.ts";
import type { Finding, Project } from "../model/index.ts";
import { discoverProject, type Discovery } from "../project/index.ts";
import { createSourceReader, type SourceFacts } from "../source/index.ts";
import type { Store } from "../store/index.ts";
import { cacheDirectory, readText } from "../system/index.ts";
import { inputsOf, type Inputs } from "./inputs.ts";

/** A project with all that the levels look at; read from files, nothing run. */
export interface Subject {
  readonly project: Project;
  readonly sources: ReadonlyMap<string, SourceFacts>;
  /** Its files as they were listed, and the folders that were left out whole. */
  readonly listed: Pick<Discovery, "entries" | "omitted">;
  /** Digests of every file that a command could read: the inputs of level 0. */
  readonly tree: Inputs;
  /** Digests of what others get: the inputs of level 1 and up. */
  readonly archive: Inputs;
  readonly archiveFindings: readonly Finding[];
  /** What the project is installed from at level 3. */
  readonly lock: LockFile | null;
}

/** Reads a project for the levels. `store` remembers digests, so that an unchanged file is not read again. */
export async function readSubject(directory: string, store: Store): Promise<Subject> {
  const reader = createSourceReader({ cacheDirectory: cacheDirectory("source") });
  let digests = new Map<string, string>();
  try {
    const discovery = await discoverProject(directory, (root, entries) => {
      digests = store.digests(root, entries);
      const sources = entries.filter((entry) => entry.kind === "file" && /\.(py|ipynb)$/u.test(entry.path));
      return reader.read(
        root,
        sources.map(({ path, size }) => ({ path, size, digest: digests.get(path) ?? "" })),
      );
    });
    return subjectOf(discovery, digests);
  } finally {
    await reader.close();
  }
}

function subjectOf(
  { project, entries, omitted, sources }: Discovery,
  digests: ReadonlyMap<string, string>,
): Subject {
  const tree = inputsOf(entries, digests);
  // Which files others get is asked for by the levels alone: it reads each file for secrets.
  let asked: Pick<Subject, "archive" | "archiveFindings"> | undefined;
  const archived = (): Pick<Subject, "archive" | "archiveFindings"> => {
    if (asked !== undefined) return asked;
    const { files, findings } = selectFiles(project);
    asked = {
      archive: new Map(files.map((file) => [file.path, tree.get(file.path) ?? ""])),
      archiveFindings: findings,
    };
    return asked;
  };
  const lockPath = chooseLock(
    project.files.map((file) => file.path),
    project.manifests,
  );
  return {
    project,
    sources,
    listed: { entries, omitted },
    tree,
    get archive() {
      return archived().archive;
    },
    get archiveFindings() {
      return archived().archiveFindings;
    },
    lock: lockPath === null ? null : { path: lockPath, text: readText(`${project.root}/${lockPath}`) },
  };
}
