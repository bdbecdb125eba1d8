import { stageFiles } from "../project/index.ts";
import { exists, joinPath, writeAtomic } from "../system/index.ts";
import type { Revival } from "./revival.ts";

/** Writes what a revival came to into the project, and stages it where there is Git. */
export async function writeRevival({ project, changes }: Revival): Promise<void> {
  for (const { path, after } of changes) writeAtomic(joinPath(project.root, path), after);
  if (exists(joinPath(project.root, ".git")))
    await stageFiles(
      project.root,
      changes.map(({ path }) => path),
      null,
    );
}
