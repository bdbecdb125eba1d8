import { cacheFolders, type Project } from "../../model/index.ts";
import { isEnvironmentFolder, joinPath, listTree, readText } from "../../system/index.ts";
import { ignoreRules, parentOf } from "../archive/ignore-rules.ts";

const never = new Set([".git", ".rung", ".venv"]);

/**
 * Folders in which nothing lies: a command may want to write there. Git knows none, so a project in Git has none; else
 * those that neither .gitignore nor .rungignore leaves out.
 */
export function emptyFolders(project: Project): readonly string[] {
  if (project.git !== null) return [];
  const isLeftOut = (folder: string): boolean => {
    const name = folder.split("/").at(-1) ?? "";
    return never.has(name) || cacheFolders.has(name) || isEnvironmentFolder(joinPath(project.root, folder));
  };
  const { entries } = listTree(project.root, isLeftOut);
  const filled = new Set(entries.map(({ path }) => parentOf(path)));
  const rules = [".gitignore", ".rungignore"].map((name) => {
    const files = entries.filter(({ path, kind }) => kind === "file" && path.split("/").at(-1) === name);
    return ignoreRules(
      new Map(files.map(({ path }) => [parentOf(path), readText(joinPath(project.root, path))])),
    );
  });
  return (
    entries
      .filter(({ path, kind }) => kind === "directory" && !filled.has(path))
      .map(({ path }) => path)
      // A rule may be meant for folders alone: what would lie in one is asked for.
      .filter((path) => rules.every((verdict) => verdict(`${path}/x`) !== "ignored"))
  );
}
