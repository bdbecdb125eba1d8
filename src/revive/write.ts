import { stageFiles, writeChanges } from "../project/index.ts";
import { exists, joinPath } from "../system/index.ts";
import type { Revival } from "./revival.ts";

/** Writes what a revival came to into the project, and stages it where there is Git. Throws ToolError PATH_UNREADABLE. */
export async function writeRevival({ project, changes }: Revival): Promise<void> {
  const written = writeChanges(project.root, changes);
  if (exists(joinPath(project.root, ".git"))) await stageFiles(project.root, written, null);
}
